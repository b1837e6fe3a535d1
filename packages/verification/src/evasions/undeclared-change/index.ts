import type { Evasion } from "../evasion.ts";

/** The evasion `undeclared-change`: its words, and where it exists. */
export const undeclaredChange = {
  id: "undeclared-change",
  about:
    "Goes on with other code, configuration, data or team in the middle of a run, and does not say so.",
  onLogs: true,
} as const satisfies Evasion;
