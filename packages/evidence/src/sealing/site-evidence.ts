import {
  canonicalJson,
  concatBytes,
  MINUTE_MS,
  parseCanonicalJson,
  textOf,
  utf8,
} from "@standstill/record";
import { z } from "zod";
import { EvidenceError } from "../error.ts";
import { type Job, jobSchema } from "../formats/accounting/jobs.ts";
import { quantitySchema } from "../telemetry/readings/quantities.ts";
import { type CounterWindows, emptyCounter } from "../windows/counter-windows.ts";
import { emptyWindows, type Windows } from "../windows/windows.ts";

/** A log of what a site's accelerators did, as its operator kept it: lines of JSON. */
export interface ActivityLogFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What a site measured in one period: power windows, accounting, counters, activity logs. */
export interface SiteEvidence {
  /** 32 bytes of hexadecimal from which the seal's salts come. */
  readonly salt: string;
  readonly windows: Windows | undefined;
  readonly jobs: readonly Job[] | undefined;
  /** What else its devices told, one entry for each quantity. */
  readonly counters: readonly CounterWindows[];
  /** Logs of what its accelerators did. */
  readonly logs: readonly ActivityLogFile[];
}

const MAGIC = "standstill-evidence/v1\n";
const MAX_HEAD_BYTES = 1 << 20;
const MOST_LOGS = 1000;
const MOST_LOG_BYTES = 1 << 30;

const gridSchema = z.strictObject({
  startMs: z.int().min(0),
  windowMs: z.int().min(1).max(MINUTE_MS),
  count: z.int().min(1).max(10_000_000),
  devices: z.array(z.string().min(1).max(120)).max(100_000),
});

const headSchema = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  jobs: z.array(jobSchema).max(10_000).nullable(),
  windows: gridSchema.nullable(),
  counters: z.array(gridSchema.extend({ quantity: quantitySchema })).max(100),
  /** Logs by name and length; their content follows the columns. Left out where there are none. */
  logs: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        bytes: z.int().min(0).max(MOST_LOG_BYTES),
      }),
    )
    .min(1)
    .max(MOST_LOGS)
    .optional(),
});

/** The one byte form of a site's evidence: a head in canonical JSON, then the columns, little-endian, then the logs as they are. */
export function encodeEvidence(evidence: SiteEvidence): Uint8Array {
  const { windows, jobs, salt, counters, logs } = evidence;
  const head = canonicalJson({
    salt,
    jobs: jobs ?? null,
    windows: windows === undefined ? null : gridOf(windows),
    counters: counters.map((counter) => ({ ...gridOf(counter), quantity: counter.quantity })),
    ...(logs.length === 0
      ? {}
      : { logs: logs.map(({ name, content }) => ({ name, bytes: content.length })) }),
  });
  const columns =
    windows === undefined
      ? []
      : [
          littleEndian(windows.readings),
          littleEndian(windows.powerMilliwatts),
          littleEndian(windows.energyMillijoules),
        ];
  const more = counters.flatMap(({ readings, values }) => [
    littleEndian(readings),
    littleEndian(values),
  ]);
  const kept = logs.map(({ content }) => content);
  return concatBytes(utf8(`${MAGIC}${head}\n`), ...columns, ...more, ...kept);
}

/** Evidence from its bytes; refuses anything that is not exactly what `encodeEvidence` writes. */
export function decodeEvidence(bytes: Uint8Array): SiteEvidence {
  const newline = bytes.indexOf(0x0a, MAGIC.length);
  if (
    newline < 0 ||
    newline > MAX_HEAD_BYTES ||
    textOf(bytes.subarray(0, MAGIC.length)) !== MAGIC
  ) {
    throw new EvidenceError(
      "malformed-evidence",
      `expected evidence that starts with ${JSON.stringify(MAGIC)}`,
    );
  }
  const parsed = headSchema.safeParse(parseCanonicalJson(bytes.subarray(MAGIC.length, newline)));
  if (!parsed.success) {
    throw new EvidenceError(
      "malformed-evidence",
      `expected a head of the known form, got ${parsed.error.message}`,
    );
  }
  const { salt, windows: grid, counters: grids, logs: files = [] } = parsed.data;
  const jobs = parsed.data.jobs ?? undefined;
  const body = bytes.slice(newline + 1);
  const cells = grid === null ? 0 : grid.count * grid.devices.length;
  const all = grids.reduce((sum, one) => sum + one.count * one.devices.length, cells);
  const expected = files.reduce((sum, { bytes: length }) => sum + length, all * 10);
  if (body.length !== expected) {
    throw new EvidenceError(
      "malformed-evidence",
      `expected ${expected} bytes of columns and logs, got ${body.length}`,
    );
  }
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let at = cells * 10;
  const counters = grids.map(({ quantity, devices, ...rest }) => {
    const counter = emptyCounter(quantity, devices, rest);
    readCounter(counter, view, at);
    at += counter.values.length * 10;
    return counter;
  });
  const logs = files.map(({ name, bytes: length }) => {
    const content = body.subarray(at, at + length);
    at += length;
    return { name, content };
  });
  if (grid === null) return { salt, jobs, windows: undefined, counters, logs };
  const period = { startMs: grid.startMs, endMs: grid.startMs + grid.count * grid.windowMs };
  const windows = emptyWindows(grid.devices, period, grid.windowMs);
  for (let i = 0; i < cells; i++) {
    windows.readings[i] = view.getUint16(2 * i, true);
    windows.powerMilliwatts[i] = view.getUint32(2 * cells + 4 * i, true);
    windows.energyMillijoules[i] = view.getUint32(6 * cells + 4 * i, true);
  }
  return { salt, jobs, windows, counters, logs };
}

function gridOf({
  startMs,
  windowMs,
  count,
  devices,
}: Omit<z.infer<typeof gridSchema>, "devices"> & { readonly devices: readonly string[] }) {
  return { startMs, windowMs, count, devices };
}

function readCounter({ readings, values }: CounterWindows, view: DataView, at: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = Number(view.getBigUint64(at + 2 * values.length + 8 * i, true));
    if (!Number.isSafeInteger(value)) {
      throw new EvidenceError(
        "malformed-evidence",
        `expected counters of at most ${Number.MAX_SAFE_INTEGER}, got ${value}`,
      );
    }
    readings[i] = view.getUint16(at + 2 * i, true);
    values[i] = value;
  }
}

function littleEndian(column: Uint16Array | Uint32Array | Float64Array): Uint8Array {
  const width = column.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(column.length * width);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of column.entries()) {
    if (width === 2) view.setUint16(i * 2, value, true);
    else if (width === 4) view.setUint32(i * 4, value, true);
    else view.setBigUint64(i * 8, BigInt(value), true);
  }
  return bytes;
}
