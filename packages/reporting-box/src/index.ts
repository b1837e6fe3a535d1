/** Reports from people, sealed so that only several members of a panel together can read them. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { SealedReportError, type SealedReportErrorCode } from "./error.ts";
export { type OpenedReport, type OpenedShare, openReport, openShare, parseShare } from "./open.ts";
export { type MemberKeys, makeMemberKeys, sealReport } from "./seal.ts";
export {
  type Members,
  MOST_SEALED_BYTES,
  parseMembers,
  parseSealedReport,
  reportName,
  type SealedReport,
  sealedBytes,
} from "./sealed-report.ts";
