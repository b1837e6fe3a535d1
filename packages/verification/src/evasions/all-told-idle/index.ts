import type { Evasion } from "../evasion.ts";

/** The evasion `all-told-idle`: its words, and where it exists. */
export const allToldIdle = {
  id: "all-told-idle",
  about: "Trains on a node that stands by; all its own feeds tell of idling.",
  onSites: true,
} as const satisfies Evasion;
