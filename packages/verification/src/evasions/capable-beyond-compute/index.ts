import type { Evasion } from "../evasion.ts";

/** The evasion `capable-beyond-compute`: its words, and where it exists. */
export const capableBeyondCompute = {
  id: "capable-beyond-compute",
  about: "Shows a model that its declared compute does not explain.",
  onSites: true,
} as const satisfies Evasion;
