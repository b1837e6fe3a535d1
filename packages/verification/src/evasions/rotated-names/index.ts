import type { Evasion } from "../evasion.ts";

/** The evasion `rotated-names`: its words, and where it exists. */
export const rotatedNames = {
  id: "rotated-names",
  about:
    "Cuts a run that is above the limit into pieces, with other names for any of model, code, configuration, data and team as well.",
  onLogs: true,
} as const satisfies Evasion;
