import type { Evasion } from "../evasion.ts";

/** The evasion `understated-power`: its words, and where it exists. */
export const understatedPower = {
  id: "understated-power",
  about: "Its own meters tell less of all nodes, a tenth of it at the most.",
  onSites: true,
} as const satisfies Evasion;
