import { z } from "zod";
import { expectedKinds } from "../terms/expected-kinds.ts";
import { type AcceleratorsRegistered, acceleratorsRegistered } from "./accelerators-registered.ts";
import { type ActivityLimit, activityLimit } from "./activity-limit.ts";
import { type ActivityLogKept, activityLog } from "./activity-log.ts";
import { type AutomationLimit, automationLimit } from "./automation-limit.ts";
import { type ClusterLimit, clusterLimit } from "./cluster-limit.ts";
import { type Conduct, conduct } from "./conduct.ts";
import { type DeclaredBeforeStart, declaredBeforeStart } from "./declared-before-start.ts";
import { type PostTrainingLimit, postTrainingLimit } from "./post-training-limit.ts";
import { type PoweredOff, poweredOff } from "./powered-off.ts";
import { type ReleaseGate, releaseGate } from "./release-gate.ts";
import { type Report, report } from "./report.ts";
import { type ResearchComputeLimit, researchComputeLimit } from "./research-compute-limit.ts";
import type { Line, ObligationRule } from "./rule.ts";
import { type TrainingDeclared, trainingDeclared } from "./training-declared.ts";
import { type TrainingRunLimit, trainingRunLimit } from "./training-run-limit.ts";

/**
 * What a party owes. Each kind is one rule that a check, the gate or an inspection can apply. A new kind is a file beside these, a line
 * here, and whatever the compiler then names; docs/develop/add-an-obligation.md has the steps.
 */
export type Obligation =
  | TrainingRunLimit
  | PostTrainingLimit
  | TrainingDeclared
  | DeclaredBeforeStart
  | ClusterLimit
  | ResearchComputeLimit
  | AcceleratorsRegistered
  | ReleaseGate
  | AutomationLimit
  | PoweredOff
  | Report
  | ActivityLogKept
  | ActivityLimit
  | Conduct;

/** Kind of an obligation. */
export type ObligationKind = Obligation["kind"];

/** An obligation of one of some kinds. */
export type ObligationOf<Kind extends ObligationKind> = {
  [K in Kind]: Extract<Obligation, { readonly kind: K }>;
}[Kind];

/** What agreements know of each kind. */
export const OBLIGATIONS: {
  readonly [Kind in ObligationKind]: ObligationRule<ObligationOf<Kind>>;
} = {
  "training-run-limit": trainingRunLimit,
  "post-training-limit": postTrainingLimit,
  "training-declared": trainingDeclared,
  "declared-before-start": declaredBeforeStart,
  "cluster-limit": clusterLimit,
  "research-compute-limit": researchComputeLimit,
  "accelerators-registered": acceleratorsRegistered,
  "release-gate": releaseGate,
  "automation-limit": automationLimit,
  "powered-off": poweredOff,
  report,
  "activity-log": activityLog,
  "activity-limit": activityLimit,
  conduct,
};

/** Names of all kinds of obligation. */
export const OBLIGATION_KINDS = Object.keys(OBLIGATIONS);

const { "training-run-limit": first, ...others } = OBLIGATIONS;

/** Schema of an obligation. An unknown kind is refused with the kinds that there are. */
export const obligationSchema: z.ZodType<Obligation> = z.discriminatedUnion(
  "kind",
  [first.schema, ...Object.values(others).map(({ schema }) => schema)],
  { error: (issue) => expectedKinds("an obligation", OBLIGATION_KINDS, issue) },
);

/**
 * The rule of an obligation's kind, to be asked about that obligation.
 *
 * @example obligationRuleOf(obligation).sentences(obligation)
 */
export function obligationRuleOf<Kind extends ObligationKind>(
  obligation: ObligationOf<Kind>,
): ObligationRule<ObligationOf<Kind>> {
  return OBLIGATIONS[obligation.kind];
}

/** The line that an obligation draws in FLOP, if it draws one. */
export function lineOf(obligation: Obligation): Line | undefined {
  return obligationRuleOf(obligation).line(obligation);
}
