import type { Evasion } from "../evasion.ts";

/** The evasion `training-power-told-idle`: its words, and where it exists. */
export const trainingPowerToldIdle = {
  id: "training-power-told-idle",
  about: "Its own meters tell of idling while it trains what it declared, to hide how much.",
  onSites: true,
} as const satisfies Evasion;
