/** What is concluded from evidence: accounts, checks, findings, evasions, assurance, verdicts. */
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
export { type Adversary, type Assurance, assess } from "./assurance.ts";
export { type Breakout, breakoutSeconds, breakoutsOf } from "./breakout.ts";
export { checkDuties, type DutyChecked, runChecks } from "./check-duties.ts";
export { h100eThousandths } from "./checks/cluster-limit.ts";
export { checks } from "./checks/index.ts";
export { type DutyInForce, type DutyStretch, dutiesInForce, spansOf } from "./duties-in-force.ts";
export { VERDICTS, type VerdictValue, worst } from "./duty-verdict.ts";
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
export { leastDistanceMetres, type Place } from "./location/earth.ts";
export { type LocationTest, type RoundTrip, testLocation } from "./location/round-trips.ts";
export { findMethod, type Method, type MethodName, methods } from "./methods/registry.ts";
export { type HandedPeriod, subjectOfBundle } from "./offline/subject-of-bundle.ts";
export { NO_SALT, offlineAnswer, verdictOffline } from "./offline/verdict-offline.ts";
export { allRunsOf, computeVerdict, subjectOf } from "./on-record/judgement.ts";
export { isSilent, type LastDue, lastDue, reportingOf } from "./on-record/last-due.ts";
export type { OnRecord } from "./on-record/on-record.ts";
export { type PartyVerdict, partyVerdictOf } from "./on-record/party-verdict.ts";
export { withReporting, withVerdicts } from "./on-record/verdict-facts.ts";
export {
  noVerdicts,
  type PublishedVerdict,
  reduceVerdict,
  type VerdictState,
} from "./reducer.ts";
export { type OwedReport, owedReports, type Reporting } from "./reporting.ts";
export { type Verdict, verdictBody, verdictPublish, verdictText } from "./statements.ts";
export {
  type Beside,
  type EarlierPeriod,
  type FeedClass,
  feedClassOf,
  type Measurement,
  nothingBeside,
  type RunOnRecord,
  type Subject,
} from "./subject.ts";
export { identicalPairs, type Synchrony, testSynchrony, type Untestable } from "./synchrony.ts";
export { judge, METHOD } from "./verdict.ts";
export { about, energy, evasionWords } from "./words/index.ts";
