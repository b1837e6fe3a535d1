import { allToldIdle } from "./all-told-idle/index.ts";
import { capableBeyondCompute } from "./capable-beyond-compute/index.ts";
import { clonedIdentity } from "./cloned-identity/index.ts";
import { copiedRecords } from "./copied-records/index.ts";
import { countersToldIdle } from "./counters-told-idle/index.ts";
import { declaredLate } from "./declared-late/index.ts";
import { droppedRecords } from "./dropped-records/index.ts";
import { editedLog } from "./edited-log/index.ts";
import type { Evasion } from "./evasion.ts";
import { falseDataOrigin } from "./false-data-origin/index.ts";
import { grownCluster } from "./grown-cluster/index.ts";
import { hiddenAncestry } from "./hidden-ancestry/index.ts";
import { inventedLog } from "./invented-log.ts";
import { modelToldTooLarge } from "./model-told-too-large/index.ts";
import { oneNodeToldWell } from "./one-node-told-well/index.ts";
import { otherPlace } from "./other-place/index.ts";
import { paddedTokens } from "./padded-tokens/index.ts";
import { parallelPieces } from "./parallel-pieces/index.ts";
import { phantomParent } from "./phantom-parent/index.ts";
import { powerToldIdle } from "./power-told-idle/index.ts";
import { rentedElsewhere } from "./rented-elsewhere/index.ts";
import { replayWithNoise } from "./replay-with-noise.ts";
import { replayedRecords } from "./replayed-records/index.ts";
import { rotatedNames } from "./rotated-names/index.ts";
import { servingToldWell } from "./serving-told-well/index.ts";
import { servingToldWellQuietly } from "./serving-told-well-quietly/index.ts";
import { servingWithoutCounters } from "./serving-without-counters/index.ts";
import { sparseExchange } from "./sparse-exchange/index.ts";
import { splitting } from "./splitting/index.ts";
import { tensorToldAlone } from "./tensor-told-alone/index.ts";
import { trainingAsInference } from "./training-as-inference/index.ts";
import { trainingPowerToldIdle } from "./training-power-told-idle/index.ts";
import { twoThingsAtOnce } from "./two-things-at-once/index.ts";
import { unapprovedData } from "./unapproved-data/index.ts";
import { undeclaredAccelerators } from "./undeclared-accelerators.ts";
import { undeclaredChange } from "./undeclared-change/index.ts";
import { undeclaredDevice } from "./undeclared-device/index.ts";
import { undeclaredRun } from "./undeclared-run/index.ts";
import { undeclaredSite } from "./undeclared-site.ts";
import { understatedFlop } from "./understated-flop/index.ts";
import { understatedFlopAndTokens } from "./understated-flop-and-tokens.ts";
import { understatedPower } from "./understated-power/index.ts";
import { unlinkedPieces } from "./unlinked-pieces/index.ts";
import { unnamedTeacher } from "./unnamed-teacher.ts";
import { workAbovePeak } from "./work-above-peak/index.ts";
import { workInOutage } from "./work-in-outage/index.ts";
import { workToldTooLittle } from "./work-told-too-little/index.ts";
import { workToldTooMuch } from "./work-told-too-much/index.ts";
import { workWhileIdle } from "./work-while-idle/index.ts";

/**
 * Every evasion, once, in the order in which assurance is told. The tables of the three floors follow: `injected.ts`, `on-sites.ts` and `on-logs.ts` do not compile while one lacks an
 * evasion that says it exists there. A verdict reads this table and what is injected; how evasions are committed is loaded by
 * `@standstill/verification/play` alone, which is why an evasion takes a file for each floor.
 */
export const evasions = [
  trainingAsInference,
  undeclaredRun,
  servingToldWell,
  servingToldWellQuietly,
  oneNodeToldWell,
  sparseExchange,
  servingWithoutCounters,
  trainingPowerToldIdle,
  tensorToldAlone,
  understatedPower,
  powerToldIdle,
  countersToldIdle,
  allToldIdle,
  replayedRecords,
  droppedRecords,
  undeclaredDevice,
  workToldTooMuch,
  workToldTooLittle,
  modelToldTooLarge,
  splitting,
  unlinkedPieces,
  phantomParent,
  declaredLate,
  grownCluster,
  rentedElsewhere,
  otherPlace,
  clonedIdentity,
  capableBeyondCompute,
  workInOutage,
  twoThingsAtOnce,
  workAbovePeak,
  workWhileIdle,
  understatedFlop,
  paddedTokens,
  copiedRecords,
  rotatedNames,
  parallelPieces,
  undeclaredChange,
  unapprovedData,
  falseDataOrigin,
  hiddenAncestry,
  editedLog,
  inventedLog,
  undeclaredAccelerators,
  undeclaredSite,
  understatedFlopAndTokens,
  unnamedTeacher,
  replayWithNoise,
] as const satisfies readonly Evasion[];

type Each = (typeof evasions)[number];

/** Names of the evasions that are injected into readings. */
export type InjectedEvasion = Extract<Each, { readonly injected: unknown }>["id"];
/** Names of the evasions that are committed against made-up sites. */
export type SiteEvasionId = Extract<Each, { readonly onSites: true }>["id"];
/** Names of the evasions that are committed in activity logs. */
export type LogEvasionId = Extract<Each, { readonly onLogs: true }>["id"];

/** An evasion by its name; `undefined` where there is none. */
export function evasionOf(id: string): Evasion | undefined {
  return evasions.find((one) => one.id === id);
}
