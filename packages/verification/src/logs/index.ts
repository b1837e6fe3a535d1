/** Activity logs: judged without a site, by the same kernel as the evidence of sites. Needs nothing but a JavaScript engine. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export type { KnownResults } from "../check-duties.ts";
export { type ActivityVerdict, judgeActivity } from "./judge.ts";
export type { LogSubject } from "./log-subject.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { logChecks } from "./checks/index.ts";
export { checkActivity } from "./judge.ts";
export { logSubjectOf } from "./log-subject.ts";
