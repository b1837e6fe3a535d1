/** Activity logs: judged without a site, by the same kernel as the evidence of sites. Needs nothing but a JavaScript engine. */
export type { KnownResults } from "../check-duties.ts";
export { logChecks } from "./checks/index.ts";
export { type ActivityVerdict, checkActivity, judgeActivity } from "./judge.ts";
export { type LogSubject, logSubjectOf } from "./log-subject.ts";
export { type ActivityEvasion, activityEvasions } from "./play/evasions.ts";
export { type HonestOptions, honestActivity } from "./play/honest.ts";
export { type ActivityCase, logText } from "./play/records.ts";
