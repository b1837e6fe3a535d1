import type { Evasion } from "../evasion.ts";

/** The evasion `training-as-inference`: its words, and where it exists. */
export const trainingAsInference = {
  id: "training-as-inference",
  about: "Trains, and calls it serving with the tokens that it had.",
  injected: { title: "Training declared as inference" },
  onSites: true,
  onLogs: true,
} as const satisfies Evasion;
