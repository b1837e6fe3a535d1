import type { Evasion } from "./evasion.ts";

/** The evasion `replay-with-noise`: its words, and where it exists. */
export const replayWithNoise = {
  id: "replay-with-noise",
  about: "Hands in the same values again with a little noise.",
  onLogs: { never: "Only what returns to the last digit is found." },
} as const satisfies Evasion;
