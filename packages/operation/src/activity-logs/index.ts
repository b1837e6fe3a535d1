/** Activity logs in files, judged under terms; apart from the rest, since they need threads and nothing that acts. */
export { judgeActivityLogs, type LogFiles } from "./judge-logs.ts";
export type { JudgedLog } from "./two-threads.ts";
