import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { ActivityTerms } from "@standstill/agreement";
import { EvidenceError } from "@standstill/evidence";
import type { ActivityTable, FieldMap } from "@standstill/evidence/activity";
import { judgeActivity } from "@standstill/verification/logs";
import { readerOf } from "./file-part.ts";
import { type JudgedLog, judgeInTwo } from "./two-threads.ts";

/** Logs in files, and what they are judged under. */
export interface LogFiles {
  /** Paths; a name that ends in `.gz` is unpacked. */
  readonly files: readonly string[];
  /** Names of fields in somebody else's logs. */
  readonly map: FieldMap | undefined;
  readonly terms: ActivityTerms;
  /** Told how much of a file was read since the last time. */
  readonly onBytes?: (file: string, bytes: number) => void;
  /** A single log of so many bytes is judged in two threads; a smaller one is done before a second has begun. */
  readonly largeBytes?: number;
}

const LARGE_BYTES = 64 << 20;

/**
 * Reads and judges activity logs: a single large one in two threads, others one after the other. The verdict is the same.
 *
 * @throws EvidenceError where a file is no activity log; the system's error where it cannot be read
 * @example (await judgeActivityLogs({ files: ["site.jsonl"], map: undefined, terms })).verdict.verdict // "verified"
 */
export async function judgeActivityLogs(logs: LogFiles): Promise<JudgedLog> {
  const { files, terms } = logs;
  const [only] = files;
  if (only !== undefined && files.length === 1 && !only.endsWith(".gz")) {
    const judged = await judgeLarge(only, logs);
    if (judged !== undefined) return judged;
  }
  const table = await readLogs(logs);
  return { table, verdict: judgeActivity(table, terms) };
}

/** Nothing where a log is not large, or where one thread has to tell what is wrong with it. */
async function judgeLarge(
  file: string,
  { map, terms, onBytes = () => {}, largeBytes = LARGE_BYTES }: LogFiles,
): Promise<JudgedLog | undefined> {
  const { size } = await stat(file);
  if (size < largeBytes) return undefined;
  // The other half is read meanwhile.
  const tell = (bytes: number) => onBytes(file, 2 * bytes);
  return judgeInTwo({ file, name: basename(file), map }, size, terms, tell);
}

async function readLogs({ files, map, onBytes = () => {} }: LogFiles): Promise<ActivityTable> {
  const reader = readerOf(map);
  for (const file of files) {
    reader.begin(files.length === 1 ? basename(file) : file);
    await pour(file, (bytes) => {
      reader.bytes(bytes);
      onBytes(file, bytes.length);
    });
    reader.end();
  }
  return reader.table();
}

/** Hands a file's content over, piece by piece, unpacked where it is packed. */
async function pour(file: string, take: (bytes: Uint8Array) => void): Promise<void> {
  const stream = createReadStream(file, { highWaterMark: 1 << 20 });
  const taken = async (content: AsyncIterable<Uint8Array>) => {
    for await (const bytes of content) take(bytes);
  };
  if (!file.endsWith(".gz")) return pipeline(stream, taken);
  try {
    await pipeline(stream, createGunzip(), taken);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("Z_")) throw error;
    throw new EvidenceError("malformed-file", `expected gzip, got something else (${code})`, {
      place: file,
      cause: error,
    });
  }
}
