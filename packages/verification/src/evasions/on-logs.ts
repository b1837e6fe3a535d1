import { there } from "@standstill/record";
import { copiedRecordsOnLogs } from "./copied-records/on-logs.ts";
import { droppedRecordsOnLogs } from "./dropped-records/on-logs.ts";
import { editedLogOnLogs } from "./edited-log/on-logs.ts";
import type { Evasion } from "./evasion.ts";
import { falseDataOriginOnLogs } from "./false-data-origin/on-logs.ts";
import { hiddenAncestryOnLogs } from "./hidden-ancestry/on-logs.ts";
import { evasionOf, type LogEvasionId } from "./index.ts";
import { paddedTokensOnLogs } from "./padded-tokens/on-logs.ts";
import { parallelPiecesOnLogs } from "./parallel-pieces/on-logs.ts";
import { phantomParentOnLogs } from "./phantom-parent/on-logs.ts";
import type { LogPlay } from "./play.ts";
import { replayedRecordsOnLogs } from "./replayed-records/on-logs.ts";
import { rotatedNamesOnLogs } from "./rotated-names/on-logs.ts";
import { splittingOnLogs } from "./splitting/on-logs.ts";
import { trainingAsInferenceOnLogs } from "./training-as-inference/on-logs.ts";
import { twoThingsAtOnceOnLogs } from "./two-things-at-once/on-logs.ts";
import { unapprovedDataOnLogs } from "./unapproved-data/on-logs.ts";
import { undeclaredChangeOnLogs } from "./undeclared-change/on-logs.ts";
import { undeclaredDeviceOnLogs } from "./undeclared-device/on-logs.ts";
import { understatedFlopOnLogs } from "./understated-flop/on-logs.ts";
import { workAbovePeakOnLogs } from "./work-above-peak/on-logs.ts";
import { workInOutageOnLogs } from "./work-in-outage/on-logs.ts";
import { workWhileIdleOnLogs } from "./work-while-idle/on-logs.ts";

/** A way to cheat in an activity log. */
export type ActivityEvasion = Evasion & LogPlay;

const plays: Readonly<Record<LogEvasionId, LogPlay>> = {
  "dropped-records": droppedRecordsOnLogs,
  "undeclared-device": undeclaredDeviceOnLogs,
  "work-in-outage": workInOutageOnLogs,
  "two-things-at-once": twoThingsAtOnceOnLogs,
  "work-above-peak": workAbovePeakOnLogs,
  "work-while-idle": workWhileIdleOnLogs,
  "training-as-inference": trainingAsInferenceOnLogs,
  "understated-flop": understatedFlopOnLogs,
  "padded-tokens": paddedTokensOnLogs,
  "replayed-records": replayedRecordsOnLogs,
  "copied-records": copiedRecordsOnLogs,
  splitting: splittingOnLogs,
  "rotated-names": rotatedNamesOnLogs,
  "parallel-pieces": parallelPiecesOnLogs,
  "undeclared-change": undeclaredChangeOnLogs,
  "unapproved-data": unapprovedDataOnLogs,
  "false-data-origin": falseDataOriginOnLogs,
  "phantom-parent": phantomParentOnLogs,
  "hidden-ancestry": hiddenAncestryOnLogs,
  "edited-log": editedLogOnLogs,
};

/** Every evasion that a log alone can be tried against, each against an honest base. */
export const activityEvasions: readonly ActivityEvasion[] = Object.entries(plays).map(
  ([id, play]) => ({
    ...there(evasionOf(id)),
    ...play,
  }),
);
