import type { AuditReport } from "./audit.ts";
import type { AuditOutcome } from "./fault.ts";
import { notRecomputedWords } from "./not-recomputed.ts";

const ANSWERS: Readonly<Record<AuditOutcome, string>> = {
  verified: "The record verifies.",
  "not-recomputed": "Not everything could be checked. That accuses nobody.",
  altered: "The record was altered.",
  "forked-or-truncated": "The record was forked or truncated, or is not the one expected.",
  "keeper-fault": "The keeper appended a statement that is not admissible.",
  "verdict-not-reproduced": "A verdict is not what its evidence gives.",
};

/**
 * An audit in words: what came of it first, then what was looked at, each as a line.
 *
 * @param snapshotSha256 of the snapshot that was kept for the next audit, if one was
 * @example auditText(report).split("\n")[0] // "The record verifies."
 */
export function auditText(report: AuditReport, snapshotSha256?: string): string {
  return [
    ANSWERS[report.outcome],
    ...(report.place === undefined ? [] : [`Place: ${report.place}`]),
    report.message,
    ...notRecomputedWords(report.notRecomputed),
    "",
    `Entries: ${report.size}. Admitted statements: ${report.statements}. Verdicts recomputed: ${report.verdictsRecomputed}. Measurements recomputed: ${report.measurementsRecomputed}.`,
    ...(report.startedFrom === 0
      ? []
      : [
          `The first ${report.startedFrom} entries were audited before and were not read again; the log has grown from them.`,
        ]),
    ...(report.filesBeyond === 0
      ? []
      : [
          `${report.filesBeyond} tiles lie beyond the checkpoint: a keeper at work writes them before it signs. They prove nothing yet.`,
        ]),
    ...report.doubtfulMarks.map(
      ({ index, message }) => `Doubtful mark, entry ${index}: ${message}.`,
    ),
    ...(report.root === undefined ? [] : [`Root: ${report.root}`]),
    ...(snapshotSha256 === undefined
      ? []
      : [
          `Snapshot for the next audit: SHA-256 ${snapshotSha256}. Who can change it can deceive you; keep it, or this hash, as safe as this program.`,
        ]),
    ...(report.state === undefined
      ? []
      : [
          `What holds now: ${report.state} (SHA-256; whoever audits the same record gets the same)`,
        ]),
  ].join("\n");
}
