import type { Evasion } from "../evasion.ts";

/** The evasion `understated-flop`: its words, and where it exists. */
export const understatedFlop = {
  id: "understated-flop",
  about: "Tells of a third of the FLOP of training.",
  onLogs: true,
} as const satisfies Evasion;
