import type { Evasion } from "../evasion.ts";

/** The evasion `copied-records`: its words, and where it exists. */
export const copiedRecords = {
  id: "copied-records",
  about: "Tells of a device what another one did at another time.",
  onLogs: true,
} as const satisfies Evasion;
