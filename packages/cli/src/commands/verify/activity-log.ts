import { parseActivityTerms } from "@standstill/agreement";
import { type ActivityTable, type FieldMap, fieldMapSchema } from "@standstill/evidence/activity";
import { judgeActivityLogs } from "@standstill/operation/activity-logs";
import type { ActivityVerdict } from "@standstill/verification/logs";
import type { NamedFile } from "../../command/format.ts";
import { contentAs, contentOf } from "../../named-file.ts";
import { type Answering, type Terminal, table } from "../../output.ts";

/**
 * Judges activity logs under terms, from nothing but these, and tells the verdict.
 *
 * @returns whether there are no findings
 */
export async function verifyActivityLogs(
  logs: readonly NamedFile[],
  termsFile: NamedFile,
  mapFile: NamedFile | undefined,
  terminal: Answering,
): Promise<boolean> {
  const terms = parseActivityTerms(await contentOf(termsFile));
  const map = mapFile === undefined ? undefined : await fieldMapIn(mapFile);
  const files = logs.map(({ path }) => path);
  const onBytes = progress(terminal);
  const { table: log, verdict } = await judgeActivityLogs({ files, map, terms, onBytes });
  terminal.answer(verdict, () => describe(verdict, log));
  return verdict.findings.length === 0;
}

function fieldMapIn(file: NamedFile): Promise<FieldMap> {
  return contentAs(
    file,
    fieldMapSchema,
    "a map from our names of fields to theirs",
    "See docs/activity-log.md for what a map looks like.",
  );
}

const TELL_EVERY_BYTES = 256 << 20;

/** Tells now and then how much of a file was read. */
function progress(terminal: Terminal): (file: string, bytes: number) => void {
  const read = new Map<string, number>();
  return (file, bytes) => {
    const before = read.get(file) ?? 0;
    const now = before + bytes;
    read.set(file, now);
    if (Math.floor(now / TELL_EVERY_BYTES) > Math.floor(before / TELL_EVERY_BYTES))
      terminal.err(`${file}: ${Math.floor(now / (1 << 20))} MiB read`);
  };
}

/** Findings that are told in words. */
const MOST_LINES = 40;

function describe(
  { verdict, findings, obligations, gaps }: ActivityVerdict,
  log: ActivityTable,
): string {
  const told = findings.slice(0, MOST_LINES).map(({ check, sentence, records = [], numbers }) => {
    const where =
      records.length === 0
        ? ""
        : `, line ${records.slice(0, 3).join(", ")}${Number(numbers.records ?? records.length) > 3 ? " …" : ""}`;
    return `- ${sentence} (${check}${where})`;
  });
  const more = findings.length - told.length;
  return [
    `${verdict}, from ${log.count} records. The log is the operator's own word.`,
    "",
    ...told,
    ...(more > 0 ? [`- and ${more} further findings; --json tells all.`] : []),
    ...gaps.map(({ sentence }) => `- Not known: ${sentence}`),
    ...(findings.length + gaps.length > 0 ? [""] : []),
    table(
      ["obligation", "limit", "counted", "kept"],
      obligations.map(({ id, limit, counted, kept }) => [
        id,
        limit ?? "",
        counted ?? "",
        kept === null ? "not known" : kept ? "yes" : "no",
      ]),
    ),
  ].join("\n");
}
