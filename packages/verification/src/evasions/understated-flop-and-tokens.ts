import type { Evasion } from "./evasion.ts";

/** The evasion `understated-flop-and-tokens`: its words, and where it exists. */
export const understatedFlopAndTokens = {
  id: "understated-flop-and-tokens",
  about: "Tells of fewer FLOP and tokens, both evenly.",
  onLogs: { never: "They fit; only the least utilization that terms ask for bounds it." },
} as const satisfies Evasion;
