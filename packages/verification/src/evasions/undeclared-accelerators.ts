import type { Evasion } from "./evasion.ts";

/** The evasion `undeclared-accelerators`: its words, and where it exists. */
export const undeclaredAccelerators = {
  id: "undeclared-accelerators",
  about: "Computes on accelerators that nobody lists.",
  onLogs: { never: "The terms list what exists." },
} as const satisfies Evasion;
