import type { Evasion } from "../evasion.ts";

/** The evasion `two-things-at-once`: its words, and where it exists. */
export const twoThingsAtOnce = {
  id: "two-things-at-once",
  about: "Lets a device train and serve in the same windows.",
  onLogs: true,
} as const satisfies Evasion;
