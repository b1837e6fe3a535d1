import type { Evasion } from "../evasion.ts";

/** The evasion `work-told-too-little`: its words, and where it exists. */
export const workToldTooLittle = {
  id: "work-told-too-little",
  about: "Declares fewer tokens of its servers than they handled, and sends no counters.",
  onSites: true,
} as const satisfies Evasion;
