import type { Evasion } from "../evasion.ts";

/** The evasion `work-above-peak`: its words, and where it exists. */
export const workAbovePeak = {
  id: "work-above-peak",
  about: "Puts the work of several devices under the name of one.",
  onLogs: true,
} as const satisfies Evasion;
