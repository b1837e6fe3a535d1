import type { Account } from "../account/index.ts";
import type { Check, CheckResult, Finding, ObligationKind } from "../finding.ts";
import type { Subject } from "../subject.ts";
import { clusterLimit } from "./cluster-limit.ts";
import { countersFitPower } from "./counters-fit-power.ts";
import { declaredInTime } from "./declared-in-time.ts";
import { energyExplained } from "./energy-explained.ts";
import { feedComplete } from "./feed-complete.ts";
import { identitiesShown } from "./identities-shown.ts";
import { idleIsIdle } from "./idle-is-idle.ts";
import { measuresAgree } from "./measures-agree.ts";
import { metersAgree } from "./meters-agree.ts";
import { modelInMemory } from "./model-in-memory.ts";
import { nodesSeparate } from "./nodes-separate.ts";
import { nodesTogether } from "./nodes-together.ts";
import { periodsAgree } from "./periods-agree.ts";
import { physicallyPossible } from "./physically-possible.ts";
import { placePossible } from "./place-possible.ts";
import { replayed } from "./replayed.ts";
import { runLimit } from "./run-limit.ts";
import { scoreExplained } from "./score-explained.ts";
import { stepsAbsent } from "./steps-absent.ts";
import { trafficExplained } from "./traffic-explained.ts";
import { useDeclared } from "./use-declared.ts";
import { workExplained } from "./work-explained.ts";

/** All checks, in the order in which their findings are told. */
export const checks: readonly Check[] = [
  feedComplete,
  declaredInTime,
  physicallyPossible,
  energyExplained,
  idleIsIdle,
  workExplained,
  countersFitPower,
  measuresAgree,
  metersAgree,
  periodsAgree,
  nodesSeparate,
  nodesTogether,
  trafficExplained,
  stepsAbsent,
  modelInMemory,
  replayed,
  runLimit,
  clusterLimit,
  useDeclared,
  scoreExplained,
  placePossible,
  identitiesShown,
];

/** Kinds of obligation that some check speaks to. No other comes out as verified. */
export const CHECKED_OBLIGATIONS: ReadonlySet<ObligationKind> = new Set([
  "training-run-limit",
  "post-training-limit",
  "training-declared",
  "declared-before-start",
  "cluster-limit",
  "accelerators-registered",
]);

/** Runs every check and puts what they say together. */
export function runChecks(subject: Subject, account: Account): CheckResult {
  const results = checks.map((check) => check.run(subject, account));
  return { findings: results.flatMap((r) => r.findings), gaps: results.flatMap((r) => r.gaps) };
}

/** What the checks that can expose a cheat find: the part that an injected evasion reruns, many times. */
export function findingsOf(subject: Subject, account: Account): readonly Finding[] {
  return checks
    .filter(
      ({ accuses, reruns, needs }) => accuses && reruns !== false && !needs.includes("counters"),
    )
    .flatMap((check) => check.run(subject, account).findings);
}
