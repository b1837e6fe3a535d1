import type { LogCheck, LogDutyCheck } from "../../finding.ts";
import { batchesAndTokens } from "./batches-and-tokens.ts";
import { copied } from "./copied.ts";
import { evasionsExcluded } from "./evasions-excluded.ts";
import { limits } from "./limits.ts";
import { logWhole, writtenInOrder } from "./log-whole.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { oneContext } from "./one-context.ts";
import { dataOrigin, provenance, weightsKnown } from "./origin-told.ts";
import { permitted } from "./permitted.ts";
import { recordsCut } from "./records-cut.ts";
import { recordsReplayed } from "./records-replayed.ts";
import { steadyWork } from "./steady-work.ts";
import { timeCovered } from "./time-covered.ts";
import { fieldsThere, workPerToken } from "./work-as-told.ts";
import { idleTellsNoWork, workPossible } from "./work-possible.ts";

/** All checks of activity logs, in the order in which what they say is told. */
export const logChecks: readonly (LogCheck | LogDutyCheck)[] = [
  logWhole,
  writtenInOrder,
  timeCovered,
  oneAtATime,
  workPossible,
  idleTellsNoWork,
  workPerToken,
  batchesAndTokens,
  fieldsThere,
  recordsReplayed,
  copied,
  steadyWork,
  permitted,
  oneContext,
  weightsKnown,
  dataOrigin,
  provenance,
  limits,
  evasionsExcluded,
  recordsCut,
];
