import { writeFile } from "node:fs/promises";
import { textOf } from "@standstill/record";
import {
  makeMemberKeys,
  openReport,
  openShare,
  parseMembers,
  parseSealedReport,
  parseShare,
  reportName,
  sealedBytes,
  sealReport,
} from "@standstill/reporting-box";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { policyIn, readNamed, schemaIn, writeNew } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";
import { stateOf } from "../../record-target.ts";

/** `standstill intake keys`: makes a member's keys; the private one stays in the file. */
export async function intakeKeysCommand(
  options: { readonly out: string; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const keys = await makeMemberKeys();
  await writeNew(options.out, `${JSON.stringify(keys)}\n`, 0o600);
  terminal.out(options.json ? json({ publicKey: keys.publicKey }) : keys.publicKey);
  return EXIT.ok;
}

/** Options of `standstill intake seal`. */
export interface SealOptions {
  readonly text: string;
  /** A record whose panel has opened an intake, or a file of members. */
  readonly record?: string;
  /** Whose log and witnesses are trusted; without it, whoever serves the record could serve one of its own. */
  readonly policy?: string;
  readonly members?: string;
  readonly out: string;
  /** Server that it is handed in to. */
  readonly to?: string;
  readonly json: boolean;
}

/** `standstill intake seal`: seals a report to the panel, and hands it in where an address is given. */
export async function intakeSealCommand(options: SealOptions, terminal: Terminal): Promise<number> {
  const text = textOf(await readNamed(options.text, "--text"));
  const report = await sealReport(text, await membersFor(options));
  const name = reportName(report);
  await writeFile(options.out, sealedBytes(report), { mode: 0o600 });
  if (options.to !== undefined) await handIn(options.to, sealedBytes(report), name);
  const receipt =
    options.to === undefined
      ? "It was handed in to nobody."
      : "It was handed in. Once the record holds this name in intake/receive, nobody can deny it.";
  terminal.out(
    options.json
      ? json({ report: name, handedIn: options.to !== undefined })
      : [
          `Sealed: ${name}`,
          receipt,
          "Keep the name if you want to prove later that it was yours.",
        ].join("\n"),
  );
  return EXIT.ok;
}

async function membersFor({ record, members, policy }: SealOptions) {
  if (members !== undefined)
    return parseMembers(
      await schemaIn(members, "--members", z.unknown(), "members", "Give a file of members."),
    );
  if (record === undefined)
    throw new UsageError(
      "expected --record or --members, got neither",
      "Say to whose keys it is sealed.",
    );
  const { open } = (
    await stateOf(record, policy === undefined ? undefined : await policyIn(policy))
  ).intake;
  if (open === null)
    throw new UsageError(
      `expected a record whose panel has opened an intake, got ${record}`,
      "Ask the panel for its members' keys, and give them with --members.",
    );
  const { threshold, members: its } = open;
  return parseMembers({ threshold, members: its });
}

async function handIn(to: string, bytes: Uint8Array, name: string): Promise<void> {
  const answer = await fetch(`${to.replace(/\/+$/, "")}/api/reports`, {
    method: "POST",
    headers: { "content-type": "application/vnd.standstill.report+json" },
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(30_000),
  });
  const { report, message } = (await answer.json()) as { report?: string; message?: string };
  if (report === name) return;
  throw new UsageError(
    `expected ${to} to take the report, got status ${answer.status}: ${message ?? ""}`,
    "The sealed report is in the file of --out; hand it in later, or elsewhere.",
  );
}

/** `standstill intake share`: a member opens its share of a report, to give it to the others. */
export async function intakeShareCommand(
  path: string,
  options: { readonly key: string; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const report = parseSealedReport(await readNamed(path, "the report"));
  const { privateKey } = await schemaIn(
    ...([options.key, "--key", z.object({ privateKey: z.string() }), "a member's keys"] as const),
    "Give the file that intake keys wrote.",
  );
  terminal.out(JSON.stringify(await openShare(report, reportName(report), privateKey)));
  return EXIT.ok;
}

/** `standstill intake read`: reads a report from the shares of enough members. */
export async function intakeReadCommand(
  path: string,
  options: { readonly share: readonly string[]; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const report = parseSealedReport(await readNamed(path, "the report"));
  const shares = await Promise.all(
    options.share.map(async (file) =>
      parseShare(
        await schemaIn(file, "--share", z.unknown(), "a share", "Give what intake share printed."),
      ),
    ),
  );
  const { text, misfits } = await openReport(report, reportName(report), shares);
  for (const member of misfits) terminal.err(`The share of ${member} is none of this report.`);
  terminal.out(options.json ? json({ report: reportName(report), text, misfits }) : shown(text));
  return EXIT.ok;
}

/** Text of a stranger as a terminal may show it: signs that would steer it are left out. */
function shown(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "\u{fffd}");
}
