import type { Evasion } from "../evasion.ts";

/** The evasion `hidden-ancestry`: its words, and where it exists. */
export const hiddenAncestry = {
  id: "hidden-ancestry",
  about:
    "Cuts a run that is above the limit into pieces with all names their own, each continuing the one before.",
  onLogs: true,
} as const satisfies Evasion;
