import type { Evasion } from "../evasion.ts";

/** The evasion `edited-log`: its words, and where it exists. */
export const editedLog = {
  id: "edited-log",
  about: "Changes a line after it was written.",
  onLogs: true,
} as const satisfies Evasion;
