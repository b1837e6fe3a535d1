import type { Check, ExposingCheck } from "../finding.ts";
import { logChecks } from "../logs/checks/index.ts";
import { acceleratorsInspected } from "./accelerators-inspected.ts";
import { clusterLimit } from "./cluster-limit.ts";
import { countersFitPower } from "./counters-fit-power.ts";
import { declaredInTime } from "./declared-in-time.ts";
import { devicesListed } from "./devices-listed.ts";
import { energyExplained } from "./energy-explained.ts";
import { feedComplete } from "./feed-complete.ts";
import { feedsIndependent } from "./feeds-independent.ts";
import { identitiesShown } from "./identities-shown.ts";
import { idleIsIdle } from "./idle-is-idle.ts";
import { lineageKnown } from "./lineage-known.ts";
import { measuresAgree } from "./measures-agree.ts";
import { metersAgree } from "./meters-agree.ts";
import { modelInMemory } from "./model-in-memory.ts";
import { nodesSeparate } from "./nodes-separate.ts";
import { nodesTogether } from "./nodes-together.ts";
import { noticeGiven } from "./notice-given.ts";
import { periodsAgree } from "./periods-agree.ts";
import { physicallyPossible } from "./physically-possible.ts";
import { placePossible } from "./place-possible.ts";
import { replayed } from "./replayed.ts";
import { runLimit } from "./run-limit.ts";
import { scoreExplained } from "./score-explained.ts";
import { stepsAbsent } from "./steps-absent.ts";
import { stopKept } from "./stop-kept.ts";
import { trafficExplained } from "./traffic-explained.ts";
import { useDeclared } from "./use-declared.ts";
import { workExplained } from "./work-explained.ts";

/** All checks of what was opened, of readings and of activity logs, in the order in which what they say is told; that it is what was sealed is a check before them. */
export const checks: readonly Check[] = [
  feedComplete,
  devicesListed,
  declaredInTime,
  noticeGiven,
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
  lineageKnown,
  runLimit,
  stopKept,
  clusterLimit,
  useDeclared,
  scoreExplained,
  placePossible,
  identitiesShown,
  feedsIndependent,
  acceleratorsInspected,
  ...logChecks,
];

/** Those that can expose an evasion, as they say themselves. */
export const exposing: readonly ExposingCheck[] = checks.filter(
  (check): check is ExposingCheck => check.of === "evidence" && check.underEvasion === "exposes",
);
