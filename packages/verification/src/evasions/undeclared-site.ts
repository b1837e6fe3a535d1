import type { Evasion } from "./evasion.ts";

/** The evasion `undeclared-site`: its words, and where it exists. */
export const undeclaredSite = {
  id: "undeclared-site",
  about: "Computes at a site that nobody lists.",
  onLogs: { never: "The terms list what exists." },
} as const satisfies Evasion;
