import type { Evasion } from "../evasion.ts";

/** The evasion `serving-without-counters`: its words, and where it exists. */
export const servingWithoutCounters = {
  id: "serving-without-counters",
  about: "Trains on the servers, declares the tokens of before, and sends no counters.",
  onSites: true,
} as const satisfies Evasion;
