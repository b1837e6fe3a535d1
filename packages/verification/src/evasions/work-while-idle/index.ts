import type { Evasion } from "../evasion.ts";

/** The evasion `work-while-idle`: its words, and where it exists. */
export const workWhileIdle = {
  id: "work-while-idle",
  about: "Calls devices idle that work.",
  onLogs: true,
} as const satisfies Evasion;
