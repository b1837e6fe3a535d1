import type { Evasion } from "../evasion.ts";

/** The evasion `serving-told-well-quietly`: its words, and where it exists. */
export const servingToldWellQuietly = {
  id: "serving-told-well-quietly",
  about: "Trains on the servers, told well, and its network counters tell of servers.",
  onSites: true,
} as const satisfies Evasion;
