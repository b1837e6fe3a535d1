import type { Evasion } from "./injection.ts";
import { trainingAsInference } from "./training-as-inference.ts";
import { undeclaredRun } from "./undeclared-run.ts";

/** Evasions that assurance plays into a site's own readings. */
export const evasions: readonly Evasion[] = [trainingAsInference, undeclaredRun];
