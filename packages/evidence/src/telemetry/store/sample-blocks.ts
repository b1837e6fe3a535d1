import { crc32 } from "node:zlib";
import type { Samples } from "../readings/samples.ts";

/** Readings as bytes: a head with count and checksum, then times, values and series as columns, lowest byte first. */
export function encodeBlock({ series, timeMs, values }: Samples): Uint8Array {
  const rows = series.length;
  const block = new Uint8Array(HEAD_BYTES + rows * ROW_BYTES);
  block.set(new Uint8Array(timeMs.buffer, timeMs.byteOffset, rows * 8), HEAD_BYTES);
  block.set(new Uint8Array(values.buffer, values.byteOffset, rows * 8), HEAD_BYTES + rows * 8);
  block.set(new Uint8Array(series.buffer, series.byteOffset, rows * 4), HEAD_BYTES + rows * 16);
  const head = new DataView(block.buffer);
  head.setUint32(0, MAGIC);
  head.setUint32(4, rows);
  head.setUint32(8, crc32(block.subarray(HEAD_BYTES)));
  head.setUint32(12, crc32(block.subarray(0, 12)));
  return block;
}

const MAGIC = 0x53545342;
const HEAD_BYTES = 16;
const ROW_BYTES = 20;
/** Rows of one block; more are several blocks. */
export const MOST_ROWS = 1 << 20;

/** What stands at a place of a file of blocks. */
export type BlockAt =
  | { readonly kind: "block"; readonly samples: Samples; readonly end: number }
  | { readonly kind: "end" }
  /** Bytes that are no whole block: a write that was cut off, or damage. */
  | { readonly kind: "broken" };

/** The block at a place. */
export function blockAt(bytes: Uint8Array, at: number): BlockAt {
  if (at === bytes.length) return { kind: "end" };
  if (bytes.length - at < HEAD_BYTES) return { kind: "broken" };
  const head = new DataView(bytes.buffer, bytes.byteOffset + at, HEAD_BYTES);
  const rows = head.getUint32(4);
  const end = at + HEAD_BYTES + rows * ROW_BYTES;
  const isHead =
    head.getUint32(0) === MAGIC && head.getUint32(12) === crc32(bytes.subarray(at, at + 12));
  if (!isHead || rows > MOST_ROWS || end > bytes.length) return { kind: "broken" };
  const body = bytes.slice(at + HEAD_BYTES, end);
  if (head.getUint32(8) !== crc32(body)) return { kind: "broken" };
  return {
    kind: "block",
    end,
    samples: {
      timeMs: new Float64Array(body.buffer, 0, rows),
      values: new Float64Array(body.buffer, rows * 8, rows),
      series: new Uint32Array(body.buffer, rows * 16, rows),
    },
  };
}

/** Readings of several parts as one. */
export function joinSamples(parts: readonly Samples[]): Samples {
  const rows = parts.reduce((sum, { series }) => sum + series.length, 0);
  const joined = {
    series: new Uint32Array(rows),
    timeMs: new Float64Array(rows),
    values: new Float64Array(rows),
  };
  let at = 0;
  for (const { series, timeMs, values } of parts) {
    joined.series.set(series, at);
    joined.timeMs.set(timeMs, at);
    joined.values.set(values, at);
    at += series.length;
  }
  return joined;
}
