/** What operators, keepers and inspectors do. Keys are handed in, never read; what may be said is decided by admission. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { ACTS } from "./acts.ts";
export { openCase, withdrawCase } from "./anyone/cases.ts";
export { type Rotation, rotateKey } from "./anyone/keys.ts";
export {
  measure,
  measureIndicator,
  measurePublished,
  type PublishedTable,
} from "./anyone/measure.ts";
export { openVote } from "./anyone/votes.ts";
export { vouchFor } from "./anyone/vouch.ts";
export type { KeyCard } from "./ceremony/assemble.ts";
export { assembleTerms, type Cards } from "./ceremony/assemble.ts";
export { policyText } from "./ceremony/policy.ts";
export { acceptSafeguard, rule } from "./inspector/panel.ts";
export type { Unjudged } from "./keeper/judge-reports.ts";
export { type JudgedReports, judgeReports } from "./keeper/judge-reports.ts";
export { type BeaconRound, markTime } from "./keeper/mark-time.ts";
export { openCases } from "./keeper/open-cases.ts";
export { propose } from "./keeper/propose.ts";
export { receiveReport } from "./keeper/receive-report.ts";
export { adopt, pledge, withdrawPledge } from "./operator/adoption.ts";
export { answer, remedy } from "./operator/cases.ts";
export { claim } from "./operator/claim.ts";
export { declareRun, declareSite } from "./operator/declare.ts";
export type { MeasuredPeriod } from "./operator/period-evidence.ts";
export { periodSalt, report, reportEvidence } from "./operator/report.ts";
export { readyToStop, stopped } from "./operator/stopping.ts";
export { castVote } from "./operator/votes.ts";
export { MemoryRecord } from "./speak/memory-record.ts";
export { Outbox, type OutboxSlot } from "./speak/outbox.ts";
export { RefusedError } from "./speak/refused-error.ts";
export type { Entry, OwnRecord, Registrar } from "./speak/registrar.ts";
export type { Sayable } from "./speak/sayable.ts";
export { speak } from "./speak/speak.ts";
export type { Keeper, Speaker } from "./speak/speaker.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export type { PowerReadings } from "./operator/period-evidence.ts";
export { inTurn, type Say, type Send } from "./speak/speak.ts";
