import type { Evasion } from "./evasion.ts";

/** The evasion `invented-log`: its words, and where it exists. */
export const inventedLog = {
  id: "invented-log",
  about: "Invents a log that fits together.",
  onLogs: { never: "It is the operator's word; meters, seals and inspections are for that." },
} as const satisfies Evasion;
