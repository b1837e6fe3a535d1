import type { LogCheck } from "../../finding.ts";

/** A check of activity logs, with what all of them have in common. */
export function logCheck(own: Pick<LogCheck, "id" | "rule" | "fields" | "run">): LogCheck {
  return { of: "log", serves: ["activity-log"], needs: ["activity-log"], accuses: true, ...own };
}
