import type { Evasion } from "../evasion.ts";

/** The evasion `sparse-exchange`: its words, and where it exists. */
export const sparseExchange = {
  id: "sparse-exchange",
  about:
    "Trains on the servers, told well, each at its own pace, and exchanges little, every half hour.",
  onSites: true,
} as const satisfies Evasion;
