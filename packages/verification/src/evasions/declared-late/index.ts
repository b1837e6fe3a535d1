import type { Evasion } from "../evasion.ts";

/** The evasion `declared-late`: its words, and where it exists. */
export const declaredLate = {
  id: "declared-late",
  about: "Trains on a node that stands by, and declares it after the readings were sealed.",
  onSites: true,
} as const satisfies Evasion;
