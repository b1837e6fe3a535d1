import type { Evasion } from "../evasion.ts";

/** The evasion `dropped-records`: its words, and where it exists. */
export const droppedRecords = {
  id: "dropped-records",
  about: "Leaves out what was measured or logged of a stretch of training.",
  onSites: true,
  onLogs: true,
} as const satisfies Evasion;
