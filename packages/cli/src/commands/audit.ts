import { writeFile } from "node:fs/promises";
import { sha256, toHex } from "@standstill/record";
import { type AuditOutcome, type AuditReport, audit } from "@standstill/replay";
import { EXIT } from "../exit-codes.ts";
import { policyIn, readNamed } from "../files.ts";
import { json, type Terminal } from "../output.ts";
import { sourceOf } from "../record-target.ts";
import { packageVersion } from "../version.ts";

/** Options of `standstill audit`. */
export interface AuditCommandOptions {
  readonly policy?: string;
  readonly since?: string;
  /** File for the report, to be kept or handed on. */
  readonly report?: string;
  readonly json: boolean;
}

const EXIT_OF: Record<AuditOutcome, number> = {
  verified: EXIT.ok,
  altered: EXIT.altered,
  "forked-or-truncated": EXIT.forkedOrTruncated,
  "keeper-fault": EXIT.keeperFault,
  "verdict-not-reproduced": EXIT.notReproduced,
};

const ANSWERS: Record<AuditOutcome, string> = {
  verified: "The record verifies.",
  altered: "The record was altered.",
  "forked-or-truncated": "The record was forked or truncated, or is not the one expected.",
  "keeper-fault": "The keeper appended a statement that is not admissible.",
  "verdict-not-reproduced": "A verdict is not what its evidence gives.",
};

/** `standstill audit`: verifies a record from nothing. */
export async function auditCommand(
  target: string,
  options: AuditCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const report = await audit(await sourceOf(target), {
    ...(options.policy === undefined ? {} : { policy: await policyIn(options.policy) }),
    ...(options.since === undefined ? {} : { since: await readNamed(options.since, "--since") }),
    onProgress: progress(terminal),
  });
  if (options.report !== undefined) {
    await writeFile(options.report, await filed(target, options, report));
    terminal.err(`Report: ${options.report}`);
  }
  terminal.out(options.json ? json(report) : describe(report));
  return EXIT_OF[report.outcome];
}

/** The report with what whoever reads it later needs: what was audited, under which policy, when, and by which program. */
async function filed(
  target: string,
  { policy, since }: AuditCommandOptions,
  report: AuditReport,
): Promise<string> {
  const hashOf = async (path: string | undefined, option: string) =>
    path === undefined ? null : toHex(sha256(await readNamed(path, option)));
  return `${json({
    report: "standstill audit",
    target,
    auditedAt: new Date().toISOString(),
    program: { standstill: packageVersion, node: process.version },
    policySha256: await hashOf(policy, "--policy"),
    sinceSha256: await hashOf(since, "--since"),
    ...report,
  })}\n`;
}

function progress(terminal: Terminal): (done: number, all: number) => void {
  const start = Date.now();
  let told = start;
  return (done, all) => {
    const now = Date.now();
    if (now - told < 2000) return;
    told = now;
    const rate = done / ((now - start) / 1000);
    terminal.err(
      `… ${done} of ${all} statements, ${rate.toFixed(1)}/s, about ${Math.ceil((all - done) / rate)} s left`,
    );
  };
}

function describe(report: AuditReport): string {
  return [
    ANSWERS[report.outcome],
    ...(report.place === undefined ? [] : [`Place: ${report.place}`]),
    report.message,
    "",
    `Entries: ${report.size}. Admitted statements: ${report.statements}. Verdicts recomputed: ${report.verdictsRecomputed}. Measurements recomputed: ${report.measurementsRecomputed}.`,
    ...report.doubtfulMarks.map(
      ({ index, message }) => `Doubtful mark, entry ${index}: ${message}.`,
    ),
    ...(report.root === undefined ? [] : [`Root: ${report.root}`]),
    ...(report.round === undefined
      ? []
      : [
          `What holds now: ${report.round} (SHA-256; whoever audits the same record gets the same)`,
        ]),
  ].join("\n");
}
