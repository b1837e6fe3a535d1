/** Evasions in words. */
export const evasionWords: Record<string, string> = {
  "training-as-inference": "Training declared as inference",
  "undeclared-run": "An undeclared run beside declared work",
};
