import type { Duty, ObligationKind, ObligationOf } from "@standstill/agreement";
import { acceleratorsRegistered } from "./accelerators-registered.ts";
import { declaredBeforeStart } from "./declared-before-start.ts";
import { type Asked, ifTraining, type Objection, type ObjectionRule, runOf } from "./objection.ts";
import { overRun } from "./over-run.ts";
import { researchComputeLimit } from "./research-compute-limit.ts";
import { tooLarge } from "./too-large.ts";
import { trainingDeclared } from "./training-declared.ts";

/** What a job would break of one duty. */
export function objectionsOf(duty: Duty, asked: Asked): Objection[] {
  return byKind(duty.obligation, duty, asked);
}

function byKind<Kind extends ObligationKind>(
  obligation: ObligationOf<Kind>,
  duty: Duty,
  asked: Asked,
): Objection[] {
  return OBJECTIONS[obligation.kind](obligation, duty, asked);
}

/** No job can break it by itself: it is left to checks, inspections and rulings. */
const noJobBreaksIt = () => [];

/** By kind of obligation, what a job would break of it. A new kind has to say something here. */
const OBJECTIONS: { readonly [Kind in ObligationKind]: ObjectionRule<Kind> } = {
  "training-run-limit": ifTraining(({ over }, duty, asked) =>
    overRun(duty, over === "lineage", asked),
  ),
  "post-training-limit": ifTraining((_, duty, asked) =>
    (runOf(asked)?.ancestryFlop ?? 0n) > 0n ? overRun(duty, false, asked) : [],
  ),
  "training-declared": trainingDeclared,
  "declared-before-start": declaredBeforeStart,
  "research-compute-limit": researchComputeLimit,
  "cluster-limit": ({ stance, aboveH100e }, duty, asked) =>
    stance === "forbidden" ? tooLarge(duty, aboveH100e, asked) : [],
  "powered-off": ({ aboveH100e }, duty, asked) => tooLarge(duty, aboveH100e, asked),
  "accelerators-registered": acceleratorsRegistered,
  "release-gate": noJobBreaksIt,
  "automation-limit": noJobBreaksIt,
  report: noJobBreaksIt,
  "activity-log": noJobBreaksIt,
  "activity-limit": noJobBreaksIt,
  conduct: noJobBreaksIt,
};
