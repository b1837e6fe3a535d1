/** The fold that turns a record into the state of an agreement, and the audit that repeats it. */
export { admit, fold, type Signatures } from "./admission.ts";
export { type AuditOptions, type AuditReport, audit } from "./audit/audit.ts";
export { AuditFault, type AuditOutcome } from "./audit/fault.ts";
export { openVerifiedLog } from "./audit/verified-log.ts";
export { evidenceOf } from "./evidence-of.ts";
export { findStatements, type StatementQuery } from "./find-statements.ts";
export { gateRulesOf } from "./gate-rules.ts";
export { intervalOf, type TimeInterval } from "./interval.ts";
export { computeVerdict, subjectOf } from "./judgement.ts";
export { NEWEST_NOTICES, type Notice, type NoticeKind, noticesOf } from "./notices.ts";
export { atomFeed } from "./notices-feed.ts";
export { type OverTime, overTime } from "./over-time.ts";
export {
  type Pause,
  pauseOf,
  type StoppingSite,
  type StopStanding,
} from "./pause.ts";
export { replay, replayEntry } from "./replay.ts";
export { replayLog } from "./replay-log.ts";
export {
  type BindingSummary,
  type IndicatorSummary,
  type PartySummary,
  type PublishedRound,
  type Round,
  roundOf,
} from "./round.ts";
export type { ShownStop } from "./shown-stop.ts";
export {
  decodeState,
  encodeState,
  formatSnapshot,
  isOfHistory,
  parseSnapshot,
  type Snapshot,
} from "./snapshot/snapshot.ts";
export { emptyState, type KeeperFault, type State } from "./state.ts";
export { type StateAt, stateAt } from "./state-at.ts";
export { type ReducedKind, statementKinds } from "./statement-kinds.ts";
export { StatementList, type StatementSummary } from "./statement-list.ts";
export { type Seen, Watcher } from "./watch.ts";
