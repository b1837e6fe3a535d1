import type { Evasion } from "../evasion.ts";

/** The evasion `one-node-told-well`: its words, and where it exists. */
export const oneNodeToldWell = {
  id: "one-node-told-well",
  about:
    "Trains on one server, which needs no network, and declares the tokens that the work would serve.",
  onSites: true,
} as const satisfies Evasion;
