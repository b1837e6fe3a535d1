import type { Evasion } from "../evasion.ts";

/** The evasion `replayed-records`: its words, and where it exists. */
export const replayedRecords = {
  id: "replayed-records",
  about: "Hands in for a stretch what was recorded of the same device before.",
  onSites: true,
  onLogs: true,
} as const satisfies Evasion;
