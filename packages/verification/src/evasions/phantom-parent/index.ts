import type { Evasion } from "../evasion.ts";

/** The evasion `phantom-parent`: its words, and where it exists. */
export const phantomParent = {
  id: "phantom-parent",
  about: "Says that a run continues one that nobody knows.",
  onSites: true,
  onLogs: true,
} as const satisfies Evasion;
