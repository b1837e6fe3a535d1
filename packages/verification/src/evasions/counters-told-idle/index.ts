import type { Evasion } from "../evasion.ts";

/** The evasion `counters-told-idle`: its words, and where it exists. */
export const countersToldIdle = {
  id: "counters-told-idle",
  about: "Trains on a node that stands by; its counters tell of idling, its power does not.",
  onSites: true,
} as const satisfies Evasion;
