import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import {
  type ActivityPart,
  ActivityTableReader,
  type FieldMap,
} from "@standstill/evidence/activity";

/** Which bytes of a file are read, and the line before them. */
export interface FilePart {
  readonly file: string;
  /** What the file is called in findings. */
  readonly name: string;
  readonly map: FieldMap | undefined;
  /** First byte, and the byte after the last. */
  readonly start: number;
  readonly end: number;
  readonly before: Uint8Array | undefined;
}

/** A reader of logs that hashes as the system does. */
export function readerOf(map: FieldMap | undefined): ActivityTableReader {
  return new ActivityTableReader({
    ...(map === undefined ? {} : { map }),
    hash: (line) => createHash("sha256").update(line).digest("hex"),
  });
}

/**
 * Reads part of a log.
 *
 * @param onBytes told how much was read since the last time
 */
export async function readPart(
  { file, name, map, start, end, before }: FilePart,
  onBytes: (bytes: number) => void = () => {},
): Promise<ActivityPart> {
  const reader = readerOf(map);
  reader.begin(name, before);
  const stream: AsyncIterable<Uint8Array> = createReadStream(file, {
    start,
    end: end - 1,
    highWaterMark: 1 << 20,
  });
  for await (const bytes of stream) {
    reader.bytes(bytes);
    onBytes(bytes.length);
  }
  reader.end();
  return reader.part();
}

/** Lines are at most so long, and a few may be empty. */
const LOOKED_AT_BYTES = 4 << 20;
const NEWLINE = 10;

/**
 * Where a large log is cut in two: after a line that is not empty, near the middle. Nothing where no such line is found.
 */
export async function cutOf(
  file: string,
  size: number,
): Promise<{ readonly at: number; readonly before: Uint8Array } | undefined> {
  const from = Math.max(0, Math.floor(size / 2) - LOOKED_AT_BYTES / 2);
  const bytes = await bytesAt(file, from, Math.min(LOOKED_AT_BYTES, size - from));
  // From the second newline on: a line that begins before what is looked at is not known whole.
  let start = bytes.indexOf(NEWLINE, bytes.length >> 1) + 1;
  while (start > 0 && start < bytes.length) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end < 0) return undefined;
    const line = bytes.subarray(start, bytes[end - 1] === 13 ? end - 1 : end);
    if (line.some((byte) => byte > 32)) return { at: from + end + 1, before: line.slice() };
    start = end + 1;
  }
  return undefined;
}

async function bytesAt(file: string, position: number, length: number): Promise<Uint8Array> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, "r");
    const buffer = new Uint8Array(length);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle?.close();
  }
}
