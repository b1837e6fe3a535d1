import type { Evasion } from "../evasion.ts";

/** The evasion `rented-elsewhere`: its words, and where it exists. */
export const rentedElsewhere = {
  id: "rented-elsewhere",
  about: "Rents accelerators of three providers, a little of each.",
  onSites: true,
} as const satisfies Evasion;
