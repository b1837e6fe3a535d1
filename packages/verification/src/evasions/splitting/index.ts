import type { Evasion } from "../evasion.ts";

/** The evasion `splitting`: its words, and where it exists. */
export const splitting = {
  id: "splitting",
  about:
    "Cuts a run that is above the limit into pieces with names of their own, one after the other.",
  onSites: true,
  onLogs: true,
} as const satisfies Evasion;
