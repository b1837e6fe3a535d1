import type { Evasion } from "../evasion.ts";

/** The evasion `serving-told-well`: its words, and where it exists. */
export const servingToldWell = {
  id: "serving-told-well",
  about: "Trains on the servers, and declares as many tokens as the work would serve.",
  onSites: true,
  onLogs: { never: "FLOP, tokens and weights fit; a limit on all activities still counts it." },
} as const satisfies Evasion;
