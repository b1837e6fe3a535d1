import type { Evasion } from "../evasion.ts";

/** The evasion `other-place`: its words, and where it exists. */
export const otherPlace = {
  id: "other-place",
  about: "Declares a place up to half the world away from where the site answers.",
  onSites: true,
} as const satisfies Evasion;
