import type { Evasion } from "../evasion.ts";

/** The evasion `work-in-outage`: its words, and where it exists. */
export const workInOutage = {
  id: "work-in-outage",
  about: "Declares an outage, and works on.",
  onLogs: true,
} as const satisfies Evasion;
