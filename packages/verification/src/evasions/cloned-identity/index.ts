import type { Evasion } from "../evasion.ts";

/** The evasion `cloned-identity`: its words, and where it exists. */
export const clonedIdentity = {
  id: "cloned-identity",
  about: "Lets two devices answer with the certificate of one.",
  onSites: true,
} as const satisfies Evasion;
