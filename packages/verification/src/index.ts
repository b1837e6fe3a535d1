/** What is concluded from evidence: accounts, checks, findings, evasions, assurance, verdicts. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type Assurance, assess } from "./assurance.ts";
export { breakoutSeconds } from "./breakout.ts";
export { VERDICTS } from "./duty-verdict.ts";
export type { Place } from "./location/earth.ts";
export { type LocationTest, type RoundTrip, testLocation } from "./location/round-trips.ts";
export { findMethod, type Method, type MethodName, methods } from "./methods/registry.ts";
export { type HandedPeriod, subjectOfBundle } from "./offline/subject-of-bundle.ts";
export { offlineAnswer, verdictOffline } from "./offline/verdict-offline.ts";
export type { Verdict } from "./statements.ts";
export type { Subject } from "./subject.ts";
export { type Synchrony, testSynchrony, type Untestable } from "./synchrony.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export {
  type Account,
  type Amount,
  accountOf,
  declaredFlop,
  declaredInPeriod,
  highestPeak,
  type Measure,
} from "./account/index.ts";
export {
  type BalanceTest,
  DETECTION,
  type PeriodBalances,
  testBalances,
} from "./account/period-balances.ts";
export type { Adversary } from "./assurance.ts";
export { type Breakout, breakoutsOf } from "./breakout.ts";
export { runChecks } from "./check-duties.ts";
export { h100eThousandths } from "./checks/cluster-limit.ts";
export { checks } from "./checks/index.ts";
export { type DutyInForce, type DutyStretch, dutiesInForce, spansOf } from "./duties-in-force.ts";
export type { VerdictValue } from "./duty-verdict.ts";
export type {
  Check,
  Checked,
  CheckResult,
  DutyCheck,
  EvidenceCheck,
  Finding,
  FindingTold,
  Gap,
  GapTold,
  LogCheck,
  LogDutyCheck,
} from "./finding.ts";
export { type Interval, type Provenance, remainder } from "./interval.ts";
export { type LineageTotal, lineageTotal, type RunsOnRecord } from "./lineage.ts";
export { leastDistanceMetres } from "./location/earth.ts";
export { NO_SALT } from "./offline/verdict-offline.ts";
export { allRunsOf, computeVerdict } from "./on-record/judgement.ts";
export { type LastDue, lastDue, reportingOf } from "./on-record/last-due.ts";
export type { OnRecord } from "./on-record/on-record.ts";
export { type PartyVerdict, partyVerdictOf } from "./on-record/party-verdict.ts";
export { withReporting, withVerdicts } from "./on-record/verdict-facts.ts";
export { noVerdicts, type PublishedVerdict, reduceVerdict, type VerdictState } from "./reducer.ts";
export type { OwedReport } from "./reporting.ts";
export { verdictBody, verdictPublish, verdictText } from "./statements.ts";
export {
  type Beside,
  type EarlierPeriod,
  type FeedClass,
  type Measurement,
  nothingBeside,
  type RunOnRecord,
} from "./subject.ts";
export { identicalPairs } from "./synchrony.ts";
export { judge } from "./verdict.ts";
