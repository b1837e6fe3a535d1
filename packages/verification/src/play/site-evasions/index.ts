import type { SiteEvasion } from "./evasion.ts";
import { falseDeclarations } from "./false-declarations.ts";
import { forgedReadings } from "./forged-readings.ts";
import { hiddenTraining } from "./hidden-training.ts";
import { seenByOthers } from "./seen-by-others.ts";

export type { SiteEvasion } from "./evasion.ts";

/** Every evasion that acts on readings, declarations and what others measure, each against an honest site. */
export const siteEvasions: readonly SiteEvasion[] = [
  ...hiddenTraining,
  ...forgedReadings,
  ...falseDeclarations,
  ...seenByOthers,
];
