import type { CheckableTerms, Terms } from "@standstill/agreement";
import type { InjectedEvasion } from "./index.ts";
import type { Inject } from "./injection.ts";
import { injectTrainingAsInference } from "./training-as-inference/inject.ts";
import { injectUndeclaredRun } from "./undeclared-run/inject.ts";

/** Evasions that the goals of terms may name. */
type Agreed = CheckableTerms<Terms>["goals"]["evasions"][number];

/** How evasions are injected: those that say so, which are those that goals may name. */
export const injected: Readonly<Record<InjectedEvasion | Agreed, Inject>> = {
  "training-as-inference": injectTrainingAsInference,
  "undeclared-run": injectUndeclaredRun,
};
