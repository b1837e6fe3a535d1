import type { Evasion } from "../evasion.ts";

/** The evasion `work-told-too-much`: its words, and where it exists. */
export const workToldTooMuch = {
  id: "work-told-too-much",
  about: "Declares up to four times the tokens of a run, so that more energy is explained.",
  onSites: true,
} as const satisfies Evasion;
