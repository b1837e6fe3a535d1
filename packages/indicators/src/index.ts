/** How fast AI development goes, measured from published data, and when agreed tripwires trip. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type Authorship, type AuthorshipScope, authorshipOf } from "./authorship/measurement.ts";
export type { AuthorshipTally, LineShares } from "./authorship/tally.ts";
export { IndicatorError, type IndicatorErrorCode } from "./error.ts";
export type { IndicatorFinding } from "./findings.ts";
export type { HorizonInterval } from "./horizon/bootstrap.ts";
export { type Horizon, type HorizonMethod, horizonsOf } from "./horizon/horizon.ts";
export { type InspectLog, parseInspectLog } from "./horizon/inspect-log.ts";
export {
  type HorizonMeasurement,
  type HorizonQuestion,
  measureHorizons,
} from "./horizon/measurement.ts";
export { MetrRuns } from "./horizon/metr-runs.ts";
export type { EvaluationRuns, ScoreField } from "./horizon/runs.ts";
export {
  type AgentMeasures,
  type AgentRun,
  agentMeasures,
  parseAgentRuns,
} from "./oversight/agent-runs.ts";
export {
  type LoopClosure,
  loopClosure,
  parseStageItems,
  type StageItem,
} from "./oversight/loop-closure.ts";
export {
  type Oversight,
  oversightOf,
  type PullRequest,
  parsePullRequests,
} from "./oversight/pull-requests.ts";
export {
  type LikeForLike,
  likeForLike,
  type NextStep,
  type NextStepWins,
  nextStepWins,
  parseNextSteps,
  parseSpeedups,
  type SpeedupTry,
} from "./progress/comparisons.ts";
export { type Uplift, type UpliftSummary, upliftsByKind } from "./progress/uplift.ts";
export {
  type Measured,
  measureTrainingCompute,
  type PublishedRun,
  parseTrainingCompute,
} from "./training-compute.ts";
export { type BackTest, backTest } from "./trend/back-test.ts";
export { type BreakTest, testBreak } from "./trend/break.ts";
export { type DatedValue, type Doubling, doublingOf, frontierOf } from "./trend/doubling.ts";
export { type Forecaster, forecastFrom } from "./trend/forecast.ts";
export {
  type ForecastQuestion,
  forecastWindows,
  type WindowForecast,
} from "./trend/forecast-windows.ts";
export {
  type HorizonDoubling,
  type HorizonTrend,
  horizonDoubling,
} from "./trend/horizon-doubling.ts";
export { type HorizonPoint, parseHorizons } from "./trend/horizon-points.ts";
export { parseSeries } from "./trend/series.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export {
  type ClaimStanding,
  type Disagreement,
  disagreements,
  type JudgedClaim,
  judgeClaims,
} from "./agreement-of-measurers.ts";
export { SurvivingLines } from "./authorship/blame.ts";
export { type NoteAttestations, noteObjects, parseNoteBatch } from "./authorship/git-ai-notes.ts";
export type { Author, CommitIdentity, EvidenceTier } from "./authorship/identity.ts";
export { LOG_FORMAT, type LoggedCommit, LogReader } from "./authorship/log-reader.ts";
export type { BoundedLines } from "./authorship/measurement.ts";
export { isGenerated } from "./authorship/path-kind.ts";
export { type ShareBounds, shareBounds } from "./authorship/share-bounds.ts";
export {
  type AuthorshipRules,
  AuthorshipTallier,
  type PartShares,
  type Shares,
} from "./authorship/tally.ts";
export {
  auditSample,
  checkOpened,
  commitRows,
  type OpenedRow,
  openRows,
  type RowCommitment,
  saltedRow,
} from "./commitment.ts";
export { decimalText } from "./decimal.ts";
export {
  agentFindings,
  breakFindings,
  closureFindings,
  doublingFindings,
  nextStepFindings,
  oversightFindings,
  speedupFindings,
  upliftFindings,
} from "./findings.ts";
export type { NoHorizon } from "./horizon/curve.ts";
export { inspectArchive } from "./horizon/inspect-archive.ts";
export { takeInspectLog } from "./horizon/inspect-log.ts";
export { TASK_WEIGHTS, type TaskWeights } from "./horizon/models.ts";
export {
  REWARD_HACKING_POLICIES,
  type RewardHackingPolicy,
  type Run,
  RunColumns,
} from "./horizon/runs.ts";
export { levelsAt, withLevels } from "./level-facts.ts";
export { STAGES, type Stage } from "./oversight/loop-closure.ts";
export {
  amdahl,
  labourNeeded,
  overallProgress,
  type Range,
  UPLIFT_KINDS,
  type UpliftKind,
  upliftSchema,
} from "./progress/uplift.ts";
export { isMeasuredByKnownMethod, measuredAgain, measurementBody } from "./published-trend.ts";
export {
  type ClaimOnRecord,
  type IndicatorPart,
  type IndicatorState,
  type MeasuredBySubject,
  type MeasuredOnRecord,
  MOST_CLAIMS,
  MOST_PERIODS,
  measuredOnRecord,
  noMeasurements,
  type Published,
  type PublishedMeasurement,
} from "./state.ts";
export type { IndicatorClaim } from "./statements/claim.ts";
export { indicatorClaim } from "./statements/indicator-claim.ts";
export { indicatorMeasure } from "./statements/indicator-measure.ts";
export type { IndicatorMeasurement, MeasuredIndicator } from "./statements/measurement.ts";
export { BREAK_MODELS, type BreakFit, type BreakModel, isBroken } from "./trend/break.ts";
export { dayOfProbability } from "./trend/forecast.ts";
export type { Crossing } from "./trend/forecast-windows.ts";
export { frontierPoints } from "./trend/horizon-doubling.ts";
export { type LevelCircumstances, levelsOf, tripwireLevel } from "./tripwire.ts";
export { countedOnRecord, type Measurers, newestPublished } from "./who-counts.ts";
