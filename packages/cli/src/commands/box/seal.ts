import { writeFile } from "node:fs/promises";
import { parseMembers, reportName, sealedBytes, sealReport } from "@standstill/reporting-box";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import {
  address,
  file,
  type NamedFile,
  path,
  type RecordPlace,
  recordPlace,
} from "../../command/format.ts";
import { needed, optional } from "../../command/input.ts";
import { contentAs, contentOf, policyIfNamed } from "../../named-file.ts";
import { UsageError } from "../../output.ts";
import { stateIn } from "../../record-place.ts";

/** `standstill box seal`: seals a report to the panel, and hands it in where an address is given. */
export const command = defineCommand({
  summary: "Seal a report to the panel, and hand it in",
  options: {
    text: needed("<file>", "the report; at most 1 MiB", file),
    out: needed("<file>", "where the sealed report is written", path),
    record: optional("<dir|url>", "record whose panel has opened a reporting box", recordPlace),
    policy: optional("<file>", "whose log and witnesses of that record are trusted", file),
    members: optional("<file>", "members and threshold, as JSON, where there is no record", file),
    to: optional("<address>", "server that it is handed in to", address),
  },
  examples: [
    "standstill box seal --text report.txt --record https://record.example/ --out sealed.json --to https://record.example/",
    "standstill box seal --text report.txt --members members.json --out sealed.json",
  ],
  action: async ({ text, out, to, ...whose }, terminal) => {
    const report = await sealReport(await contentOf(text), await membersFor(whose));
    const bytes = sealedBytes(report);
    const name = reportName(report);
    await writeFile(out, bytes, { mode: 0o600 });
    if (to !== undefined) await handIn(to, bytes, name);
    terminal.answer({ report: name, handedIn: to !== undefined }, () =>
      [
        `Sealed: ${name}`,
        to === undefined
          ? "It was handed in to nobody."
          : "It was handed in. Once the record holds this name in box/receive, nobody can deny it.",
        "Keep the name if you want to prove later that it was yours.",
      ].join("\n"),
    );
    return "ok";
  },
});

interface Whose {
  /** A record whose panel has opened a reporting box. */
  readonly record: RecordPlace | undefined;
  /** Whose log and witnesses are trusted; without it, whoever serves the record could serve one of its own. */
  readonly policy: NamedFile | undefined;
  readonly members: NamedFile | undefined;
}

/** Members of a panel, from a file or from the record, and how many of them open a report together. */
async function membersFor({ record, policy, members: named }: Whose) {
  if (named !== undefined)
    return parseMembers(await contentAs(named, z.unknown(), "members", "Give a file of members."));
  if (record === undefined)
    throw new UsageError(
      "expected --record or --members, got neither",
      "Say to whose keys it is sealed.",
    );
  const { open } = (await stateIn(record, await policyIfNamed(policy))).box;
  if (open === null)
    throw new UsageError(
      `expected a record whose panel has opened a reporting box, got ${record.at}`,
      "Ask the panel for its members' keys, and give them with --members.",
    );
  const { threshold, members } = open;
  return parseMembers({ threshold, members });
}

const answerSchema = z.looseObject({
  report: z.string().optional(),
  message: z.string().optional(),
});

async function handIn(to: string, bytes: Uint8Array, name: string): Promise<void> {
  const answer = await fetch(`${to.replace(/\/+$/, "")}/api/reports`, {
    method: "POST",
    headers: { "content-type": "application/vnd.standstill.report+json" },
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(30_000),
  });
  const said = answerSchema.safeParse(await answer.json().catch(() => undefined));
  if (said.data?.report === name) return;
  throw new UsageError(
    `expected ${to} to take the report, got status ${answer.status}: ${said.data?.message ?? "no answer of a Standstill server"}`,
    "The sealed report is in the file of --out; hand it in later, or elsewhere.",
  );
}
