import type { Evasion } from "../evasion.ts";

/** The evasion `undeclared-device`: its words, and where it exists. */
export const undeclaredDevice = {
  id: "undeclared-device",
  about: "Trains on a device that nobody lists, and forgets to leave it out of what it hands in.",
  onSites: true,
  onLogs: true,
} as const satisfies Evasion;
