import type { Evasion } from "./evasion.ts";

/** The evasion `unnamed-teacher`: its words, and where it exists. */
export const unnamedTeacher = {
  id: "unnamed-teacher",
  about: "Trains on the answers of a model that no parent names.",
  onLogs: { never: "Nothing in the log ties them." },
} as const satisfies Evasion;
