import type { Evasion } from "../evasion.ts";

/** The evasion `parallel-pieces`: its words, and where it exists. */
export const parallelPieces = {
  id: "parallel-pieces",
  about:
    "Calls each device's part of a run that is above the limit a run of its own, with all names its own; they still wait for one another.",
  onLogs: true,
} as const satisfies Evasion;
