import type { Evasion } from "../evasion.ts";

/** The evasion `tensor-told-alone`: its words, and where it exists. */
export const tensorToldAlone = {
  id: "tensor-told-alone",
  about: "Understates the cycles with any work, and forgets the tensor pipes.",
  onSites: true,
} as const satisfies Evasion;
