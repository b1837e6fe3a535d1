/** What holds, read only: models that pages, commands and gates read from a state. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type AgreementStatus, agreementStatusOf } from "./agreement-status.ts";
export { findStatements, type StatementQuery } from "./find-statements.ts";
export { gateRulesOf } from "./gate-rules.ts";
export {
  type IndicatorQuestion,
  type IndicatorReport,
  indicatorReportOf,
} from "./indicator-report.ts";
export { type Notice, noticesOf } from "./notices.ts";
export { atomFeed } from "./notices-feed.ts";
export type { PartySummary } from "./parties.ts";
export { type Pause, pauseOf } from "./pause.ts";
export { type Round, roundOf } from "./round.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { NEWEST_NOTICES, type NoticeKind } from "./notices.ts";
export type { EarlierFindings, JudgedSite, ToldVerdict } from "./parties.ts";
export type { ShownStop, StoppingSite, StopStanding } from "./pause.ts";
export type { BindingSummary, IndicatorSummary, PublishedRound } from "./round.ts";
