import type { Evasion } from "../evasion.ts";

/** The evasion `model-told-too-large`: its words, and where it exists. */
export const modelToldTooLarge = {
  id: "model-told-too-large",
  about: "Declares a model up to sixteen times as large, with fewer tokens, to explain the work.",
  onSites: true,
} as const satisfies Evasion;
