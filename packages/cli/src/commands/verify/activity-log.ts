import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { createGunzip } from "node:zlib";
import { type ActivityTerms, parseActivityTerms } from "@standstill/agreement";
import { type ActivityTable, type FieldMap, fieldMapSchema } from "@standstill/evidence/activity";
import { type ActivityVerdict, judgeActivity } from "@standstill/verification/activity";
import type { NamedFile } from "../../command/format.ts";
import { contentAs, contentOf } from "../../named-file.ts";
import { type Answering, type Terminal, table, UsageError } from "../../output.ts";
import { readerOf } from "../activity/read-part.ts";
import { judgeInTwo } from "../activity/two-threads.ts";

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
  const paths = logs.map(({ path }) => path);
  const { log, verdict } = await judged(paths, map, terms, terminal);
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
/** A log of so many bytes is read in two threads; a smaller one is done before a second has begun. */
const LARGE_BYTES = 64 << 20;

/** Reads and judges logs: a single large one in two threads, others one after the other. */
async function judged(
  files: readonly string[],
  map: FieldMap | undefined,
  terms: ActivityTerms,
  terminal: Terminal,
): Promise<{ readonly log: ActivityTable; readonly verdict: ActivityVerdict }> {
  const [file] = files;
  if (file !== undefined && files.length === 1 && !file.endsWith(".gz")) {
    const done = await told(file, async () => {
      const { size } = await stat(file);
      if (size < LARGE_BYTES) return undefined;
      // The other half is read meanwhile.
      const tell = progress(terminal, file, 2);
      return judgeInTwo({ file, name: basename(file), map }, size, terms, tell);
    });
    if (done !== undefined) return { log: done.table, verdict: done.verdict };
  }
  const log = await readLogs(files, map, terminal);
  return { log, verdict: judgeActivity(log, terms) };
}

async function readLogs(
  files: readonly string[],
  map: FieldMap | undefined,
  terminal: Terminal,
): Promise<ActivityTable> {
  const reader = readerOf(map);
  for (const file of files) {
    reader.begin(files.length === 1 ? basename(file) : file);
    const tell = progress(terminal, file, 1);
    await told(file, async () => {
      const raw = createReadStream(file, { highWaterMark: 1 << 20 });
      const bytes = file.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
      raw.on("error", (error) => bytes.destroy(error));
      for await (const part of bytes) {
        reader.bytes(part as Buffer);
        tell((part as Buffer).length);
      }
      reader.end();
    });
  }
  return reader.table();
}

/** Tells now and then how much of a file was read; so many threads read as much meanwhile. */
function progress(terminal: Terminal, file: string, threads: number) {
  let [read, last] = [0, 0];
  return (bytes: number) => {
    read += bytes * threads;
    if (read - last < TELL_EVERY_BYTES) return;
    last = read;
    terminal.err(`${file}: ${Math.floor(read / (1 << 20))} MiB read`);
  };
}

/** Does what reads a log; what fails is told as people can mend it. */
async function told<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    if (name === "EvidenceError") throw error;
    throw new UsageError(
      `expected an activity log as UTF-8 text in ${file}, got ${code ?? (error as Error).message}`,
      "Give --activity-log the path of a file with one JSON object a line.",
    );
  }
}

const MOST_LINES = 40;

function describe(
  { verdict, findings, obligations, gaps }: ActivityVerdict,
  log: ActivityTable,
): string {
  const told = findings.slice(0, MOST_LINES).map(({ check, sentence, records, numbers }) => {
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
        ...[id, limit ?? "", counted ?? ""],
        kept === null ? "not known" : kept ? "yes" : "no",
      ]),
    ),
  ].join("\n");
}
