import { writeFile } from "node:fs/promises";
import {
  type AuditOutcome,
  type AuditReport,
  audit,
  notRecomputedWords,
  type Snapshot,
} from "@standstill/audit";
import { type Log, sha256, toHex } from "@standstill/record";
import type { State } from "@standstill/replay";
import { readSnapshot, writeSnapshot } from "@standstill/server";
import { EXIT } from "../exit-codes.ts";
import { policyIn, readNamed } from "../files.ts";
import { json, type Terminal, UsageError } from "../output.ts";
import { sourceOf } from "../record-target.ts";
import { packageVersion } from "../version.ts";

/** Options of `standstill audit`. */
export interface AuditCommandOptions {
  readonly policy?: string;
  readonly since?: string;
  /** File for the report, to be kept or handed on. */
  readonly report?: string;
  /** File with what an earlier audit came to; made where there is none, and renewed. */
  readonly snapshot?: string;
  /** SHA-256 that the snapshot must have, as the earlier report tells it. */
  readonly snapshotSha256?: string;
  readonly json: boolean;
}

const EXIT_OF: Record<AuditOutcome, number> = {
  verified: EXIT.ok,
  "not-recomputed": EXIT.notRecomputed,
  altered: EXIT.altered,
  "forked-or-truncated": EXIT.forkedOrTruncated,
  "keeper-fault": EXIT.keeperFault,
  "verdict-not-reproduced": EXIT.notReproduced,
};

const ANSWERS: Record<AuditOutcome, string> = {
  verified: "The record verifies.",
  "not-recomputed": "Not everything could be checked. That accuses nobody.",
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
  const from = await snapshotToStartFrom(options, terminal);
  let verified: { readonly state: State; readonly log: Log } | undefined;
  const report = await audit(await sourceOf(target), {
    ...(options.policy === undefined ? {} : { policy: await policyIn(options.policy) }),
    ...(options.since === undefined ? {} : { since: await readNamed(options.since, "--since") }),
    ...(from === undefined ? {} : { from }),
    onProgress: progress(terminal),
    onState: (state, log) => {
      verified = { state, log };
    },
  });
  // What this audit left open the next one must not take for done.
  const isDone = report.outcome === "verified";
  const snapshotSha256 =
    options.snapshot === undefined || verified === undefined || !isDone
      ? undefined
      : sha256Of(await writeSnapshot(options.snapshot, verified.state, verified.log.tree));
  const told = { ...report, snapshotSha256 };
  if (options.report !== undefined) {
    await writeFile(options.report, await filed(target, options, told));
    terminal.err(`Report: ${options.report}`);
  }
  terminal.out(options.json ? json(told) : describe(told));
  return EXIT_OF[report.outcome];
}

/** A report with the hash of the snapshot that was written after it. */
type ToldReport = AuditReport & { readonly snapshotSha256: string | undefined };

/** The snapshot of an earlier audit, if there is one and it can be used. One that is not the expected one is refused. */
async function snapshotToStartFrom(
  { snapshot: path, snapshotSha256: expected }: AuditCommandOptions,
  terminal: Terminal,
): Promise<Snapshot | undefined> {
  if (path === undefined) {
    if (expected === undefined) return undefined;
    throw new UsageError(
      "expected --snapshot beside --snapshot-sha256, got none",
      "Name the file with --snapshot.",
    );
  }
  const found = await readSnapshot(path);
  if (expected !== undefined) {
    const got = found?.sha256 ?? "no file";
    if (got !== expected)
      throw new UsageError(
        `expected a snapshot with SHA-256 ${expected}, got ${got}`,
        "Use the snapshot that the earlier report tells of, or leave --snapshot-sha256 out and begin at the first entry with a new file.",
      );
  }
  if (typeof found?.snapshot !== "string") return found?.snapshot;
  terminal.err(`Snapshot not used: ${found.snapshot}. The audit begins at the first entry.`);
  return undefined;
}

function sha256Of(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/** The report with what whoever reads it later needs: what was audited, under which policy, when, and by which program. */
async function filed(
  target: string,
  { policy, since }: AuditCommandOptions,
  report: ToldReport,
): Promise<string> {
  const hashOf = async (path: string | undefined, option: string) =>
    path === undefined ? null : sha256Of(await readNamed(path, option));
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

function describe(report: ToldReport): string {
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
    ...(report.snapshotSha256 === undefined
      ? []
      : [
          `Snapshot for the next audit: SHA-256 ${report.snapshotSha256}. Who can change it can deceive you; keep it, or this hash, as safe as this program.`,
        ]),
    ...(report.state === undefined
      ? []
      : [
          `What holds now: ${report.state} (SHA-256; whoever audits the same record gets the same)`,
        ]),
  ].join("\n");
}
