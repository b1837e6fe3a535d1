import { batchesAndTokens } from "./batches-and-tokens.ts";
import type { ActivityCheck, RecordCheck } from "./check.ts";
import { copied } from "./copied.ts";
import { logWhole, writtenInOrder } from "./log-whole.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { oneContext } from "./one-context.ts";
import { dataOrigin, provenance, weightsKnown } from "./origin-told.ts";
import { permitted } from "./permitted.ts";
import { replayed } from "./replayed.ts";
import { steadyWork } from "./steady-work.ts";
import { timeCovered } from "./time-covered.ts";
import { fieldsThere, workPerToken } from "./work-as-told.ts";
import { idleIsIdle, workPossible } from "./work-possible.ts";

/** Checks that look at records by themselves. */
export const recordChecks: readonly RecordCheck[] = [
  logWhole,
  writtenInOrder,
  timeCovered,
  oneAtATime,
  workPossible,
  idleIsIdle,
  workPerToken,
  batchesAndTokens,
  fieldsThere,
  replayed,
  copied,
  steadyWork,
  permitted,
  oneContext,
  weightsKnown,
  dataOrigin,
];

/** Every check of activity logs, in the order in which they are told. Limits are counted apart. */
export const activityChecks: readonly ActivityCheck[] = [...recordChecks, provenance];
