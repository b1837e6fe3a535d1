/** What operators, keepers and inspectors do. Keys are handed in, never read; what may be said is decided by admission. */
export { ACTS } from "./acts.ts";
export { extendStep, openCase, takeStep, withdrawCase } from "./anyone/cases.ts";
export { showContradiction } from "./anyone/contradictions.ts";
export { commitNonce, type PartInDraw, revealNonce } from "./anyone/draws.ts";
export { type Rotation, revokeKey, rotateKey } from "./anyone/keys.ts";
export {
  measure,
  measureIndicator,
  measurePublished,
  type PublishedTable,
} from "./anyone/measure.ts";
export { signSupport, withdrawSupport } from "./anyone/supports.ts";
export { openVote } from "./anyone/votes.ts";
export { vouchFor } from "./anyone/vouch.ts";
export { assembleTerms, type Cards, type KeyCard } from "./ceremony/assemble.ts";
export { policyText } from "./ceremony/policy.ts";
export { acceptSafeguard, openBox, rule, settleReports } from "./inspector/panel.ts";
export { type JudgedReports, judgeReports, type Unjudged } from "./keeper/judge-reports.ts";
export { type BeaconRound, markTime } from "./keeper/mark-time.ts";
export { measureCoverage } from "./keeper/measure-coverage.ts";
export { openCases } from "./keeper/open-cases.ts";
export { propose } from "./keeper/propose.ts";
export { receiveReport } from "./keeper/receive-report.ts";
export {
  adopt,
  amend,
  consent,
  pledge,
  suspendPledge,
  withdrawPledge,
} from "./operator/adoption.ts";
export { answer, appeal, remedy, voteInCase } from "./operator/cases.ts";
export { claim } from "./operator/claim.ts";
export { declareRun, declareSite } from "./operator/declare.ts";
export {
  type MeasuredPeriod,
  type PowerReadings,
  periodEvidence,
} from "./operator/period-evidence.ts";
export { periodSalt, report, reportEvidence } from "./operator/report.ts";
export { submitSafeguard } from "./operator/safeguards.ts";
export { openGate, readyToStop, stopped } from "./operator/stopping.ts";
export { castVote } from "./operator/votes.ts";
export { type Act, actOf } from "./speak/act.ts";
export { MemoryRecord } from "./speak/memory-record.ts";
export { MovedOnError } from "./speak/moved-on-error.ts";
export { Outbox, type OutboxSlot } from "./speak/outbox.ts";
export { RefusedError } from "./speak/refused-error.ts";
export type { Entry, OwnRecord, Registrar } from "./speak/registrar.ts";
export type { Sayable } from "./speak/sayable.ts";
export { inTurn, type Say, type Send, speak } from "./speak/speak.ts";
export type { Keeper, Speaker } from "./speak/speaker.ts";
