/** What holds, read only: models that pages, commands and gates read from a state. */
export { type AgreementStatus, agreementStatusOf } from "./agreement-status.ts";
export { findStatements, type StatementQuery } from "./find-statements.ts";
export { gateRulesOf } from "./gate-rules.ts";
export {
  type IndicatorQuestion,
  type IndicatorReport,
  indicatorReportOf,
} from "./indicator-report.ts";
export { NEWEST_NOTICES, type Notice, type NoticeKind, noticesOf } from "./notices.ts";
export { atomFeed } from "./notices-feed.ts";
export type { EarlierFindings, JudgedSite, PartySummary, ToldVerdict } from "./parties.ts";
export {
  type Pause,
  pauseOf,
  type ShownStop,
  type StoppingSite,
  type StopStanding,
} from "./pause.ts";
export {
  type BindingSummary,
  type IndicatorSummary,
  type PublishedRound,
  type Round,
  roundOf,
} from "./round.ts";
