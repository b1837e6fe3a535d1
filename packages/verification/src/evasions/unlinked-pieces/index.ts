import type { Evasion } from "../evasion.ts";

/** The evasion `unlinked-pieces`: its words, and where it exists. */
export const unlinkedPieces = {
  id: "unlinked-pieces",
  about: "Declares a run that is above the limit as pieces that share no name.",
  onSites: true,
  onLogs: { never: "Nothing in the log ties them; totals still count them." },
} as const satisfies Evasion;
