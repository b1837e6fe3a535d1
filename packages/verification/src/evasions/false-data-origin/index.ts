import type { Evasion } from "../evasion.ts";

/** The evasion `false-data-origin`: its words, and where it exists. */
export const falseDataOrigin = {
  id: "false-data-origin",
  about: "Names other sources for a data set than the agreed ones.",
  onLogs: true,
} as const satisfies Evasion;
