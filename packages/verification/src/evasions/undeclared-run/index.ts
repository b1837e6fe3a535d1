import type { Evasion } from "../evasion.ts";

/** The evasion `undeclared-run`: its words, and where it exists. */
export const undeclaredRun = {
  id: "undeclared-run",
  about: "Trains on a node that stands by, and declares nothing.",
  injected: { title: "An undeclared run beside declared work" },
  onSites: true,
} as const satisfies Evasion;
