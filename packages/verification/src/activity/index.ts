export { type ActivityCheck, OBLIGATIONS } from "./checks/check.ts";
export { activityChecks } from "./checks/index.ts";
export type { ActivityFinding, ActivityGap, Severity } from "./finding.ts";
export {
  type ActivityObligation,
  type ActivityResults,
  type ActivityVerdict,
  checkRecords,
  checkRuns,
  concludeActivity,
  judgeActivity,
} from "./judge.ts";
export { type ActivityEvasion, activityEvasions } from "./play/evasions.ts";
export { type HonestOptions, honestActivity } from "./play/honest.ts";
export { type ActivityCase, logText } from "./play/records.ts";
