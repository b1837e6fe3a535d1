import { writeFile } from "node:fs/promises";
import {
  type AuditOutcome,
  type AuditReport,
  audit,
  auditText,
  type Snapshot,
} from "@standstill/audit";
import { type Log, sha256, toHex } from "@standstill/record";
import type { State } from "@standstill/replay";
import { readSnapshot, writeSnapshot } from "@standstill/server";
import { defineCommand } from "../command/define.ts";
import {
  file,
  type NamedFile,
  path,
  recordPlace,
  sha256 as sha256Format,
} from "../command/format.ts";
import { needed, optional } from "../command/input.ts";
import type { ExitName } from "../exit-codes.ts";
import { bytesOf, policyOf } from "../named-file.ts";
import { json, type Terminal, UsageError } from "../output.ts";
import { sourceAt } from "../record-place.ts";
import { packageVersion } from "../version.ts";

/** `standstill audit`: verifies a record from nothing. */
export const command = defineCommand({
  summary: "Verify a record from nothing: signatures, tree, admission, verdicts",
  arguments: {
    record: needed(
      "<dir|url>",
      "data directory, record directory, or address of a server",
      recordPlace,
    ),
  },
  options: {
    policy: optional("<file>", "log key and witnesses to trust (c2sp.org/tlog-policy)", file),
    since: optional(
      "<checkpoint>",
      "a checkpoint seen before; the log must have grown from it",
      file,
    ),
    report: optional(
      "<file>",
      "write a report to keep: findings, checkpoint, policy, time, program",
      path,
    ),
    snapshot: optional(
      "<file>",
      "go on from what the last audit came to, kept in this file; read only what is new",
      path,
    ),
    snapshotSha256: optional(
      "<hash>",
      "hash that the file must have, as the last report tells",
      sha256Format,
    ),
  },
  examples: [
    "standstill audit .standstill --policy .standstill/policy",
    "standstill audit http://127.0.0.1:7878 --json",
    "standstill audit http://127.0.0.1:7878 --snapshot audit.snapshot --report audit.json",
  ],
  exits: {
    altered: "something was altered",
    forkedOrTruncated: "forked, truncated, or not the log that the policy names",
    keeperFault: "the keeper appended what is not admissible",
    notReproduced: "a verdict is not what its evidence gives",
    notRecomputed:
      "not everything was computed again: this program does not have its version or method, or not the evidence; nobody is accused",
  },
  action: async ({ record, policy, since, report: reportFile, ...kept }, terminal) => {
    const { snapshot, snapshotSha256: expected } = kept;
    const from = await snapshotToStartFrom(snapshot, expected, terminal);
    let verified: { readonly state: State; readonly log: Log } | undefined;
    const report = await audit(await sourceAt(record), {
      ...(policy === undefined ? {} : { policy: await policyOf(policy) }),
      ...(since === undefined ? {} : { since: await bytesOf(since) }),
      ...(from === undefined ? {} : { from }),
      onProgress: progress(terminal),
      onState: (state, log) => {
        verified = { state, log };
      },
    });
    // What this audit left open the next one must not take for done.
    const isDone = report.outcome === "verified";
    const snapshotSha256 =
      snapshot === undefined || verified === undefined || !isDone
        ? undefined
        : sha256Of(await writeSnapshot(snapshot, verified.state, verified.log.tree));
    const told = { ...report, snapshotSha256 };
    if (reportFile !== undefined) {
      await writeFile(reportFile, await filed(record.at, { policy, since }, told));
      terminal.err(`Report: ${reportFile}`);
    }
    terminal.answer(told, () => auditText(report, snapshotSha256));
    return EXIT_OF[report.outcome];
  },
});

const EXIT_OF = {
  verified: "ok",
  "not-recomputed": "notRecomputed",
  altered: "altered",
  "forked-or-truncated": "forkedOrTruncated",
  "keeper-fault": "keeperFault",
  "verdict-not-reproduced": "notReproduced",
} as const satisfies Record<AuditOutcome, ExitName>;

/** A report with the hash of the snapshot that was written after it. */
type ToldReport = AuditReport & { readonly snapshotSha256: string | undefined };

/** The snapshot of an earlier audit, if there is one and it can be used. One that is not the expected one is refused. */
async function snapshotToStartFrom(
  path: string | undefined,
  expected: string | undefined,
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

/** What an audit is held against. */
interface Given {
  readonly policy: NamedFile | undefined;
  readonly since: NamedFile | undefined;
}

/** The report with what whoever reads it later needs: what was audited, under which policy, when, and by which program. */
async function filed(
  target: string,
  { policy, since }: Given,
  report: ToldReport,
): Promise<string> {
  const hashOf = async (named: NamedFile | undefined) =>
    named === undefined ? null : sha256Of(await bytesOf(named));
  return `${json({
    report: "standstill audit",
    target,
    auditedAt: new Date().toISOString(),
    program: { standstill: packageVersion, node: process.version },
    policySha256: await hashOf(policy),
    sinceSha256: await hashOf(since),
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
