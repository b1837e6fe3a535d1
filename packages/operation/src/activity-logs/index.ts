/** Activity logs in files, judged under terms; apart from the rest, since they need threads and nothing that acts. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { judgeActivityLogs, type LogFiles } from "./judge-logs.ts";
export type { JudgedLog } from "./two-threads.ts";
