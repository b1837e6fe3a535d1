import type { Evasion } from "../evasion.ts";

/** The evasion `unapproved-data`: its words, and where it exists. */
export const unapprovedData = {
  id: "unapproved-data",
  about: "Trains on data that was not agreed.",
  onLogs: true,
} as const satisfies Evasion;
