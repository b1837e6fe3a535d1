import type { Evasion } from "../evasion.ts";

/** The evasion `power-told-idle`: its words, and where it exists. */
export const powerToldIdle = {
  id: "power-told-idle",
  about: "Trains on a node that stands by; its power tells of idling, its counters do not.",
  onSites: true,
} as const satisfies Evasion;
