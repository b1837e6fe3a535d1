import { canonicalJson, concatBytes, parseCanonicalJson, textOf, utf8 } from "@standstill/record";
import { z } from "zod";
import { EvidenceError } from "./error.ts";
import { type Job, jobSchema } from "./jobs.ts";
import { emptyWindows, type Windows } from "./windows.ts";

const MAGIC = "standstill-evidence/v1\n";
const MAX_HEAD_BYTES = 1 << 20;

/** What a site measured in one period: power windows, accounting, or both. */
export interface SiteEvidence {
  /** 32 bytes of hexadecimal from which the seal's salts come. */
  readonly salt: string;
  readonly windows: Windows | undefined;
  readonly jobs: readonly Job[] | undefined;
}

const headSchema = z.strictObject({
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  jobs: z.array(jobSchema).max(10_000).nullable(),
  windows: z
    .strictObject({
      startMs: z.int().min(0),
      windowMs: z.int().min(1).max(60_000),
      count: z.int().min(1).max(10_000_000),
      devices: z.array(z.string().min(1).max(120)).max(100_000),
    })
    .nullable(),
});

/** The one byte form of a site's evidence: a head in canonical JSON, then the columns, little-endian. */
export function encodeEvidence(evidence: SiteEvidence): Uint8Array {
  const { windows, jobs, salt } = evidence;
  const head = canonicalJson({
    salt,
    jobs: jobs ?? null,
    windows:
      windows === undefined
        ? null
        : {
            startMs: windows.startMs,
            windowMs: windows.windowMs,
            count: windows.count,
            devices: windows.devices,
          },
  });
  const columns =
    windows === undefined
      ? []
      : [
          littleEndian(windows.readings),
          littleEndian(windows.powerMilliwatts),
          littleEndian(windows.energyMillijoules),
        ];
  return concatBytes(utf8(`${MAGIC}${head}\n`), ...columns);
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
  const { salt, jobs, windows: shape } = parsed.data;
  const body = bytes.slice(newline + 1);
  const cells = shape === null ? 0 : shape.count * shape.devices.length;
  if (body.length !== cells * 10) {
    throw new EvidenceError(
      "malformed-evidence",
      `expected ${cells * 10} bytes of columns, got ${body.length}`,
    );
  }
  if (shape === null) return { salt, jobs: jobs ?? undefined, windows: undefined };
  const period = { startMs: shape.startMs, endMs: shape.startMs + shape.count * shape.windowMs };
  const windows = emptyWindows(shape.devices, period, shape.windowMs);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let i = 0; i < cells; i++) {
    windows.readings[i] = view.getUint16(2 * i, true);
    windows.powerMilliwatts[i] = view.getUint32(2 * cells + 4 * i, true);
    windows.energyMillijoules[i] = view.getUint32(6 * cells + 4 * i, true);
  }
  return { salt, jobs: jobs ?? undefined, windows };
}

function littleEndian(column: Uint16Array | Uint32Array): Uint8Array {
  const width = column.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(column.length * width);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of column.entries()) {
    if (width === 2) view.setUint16(i * 2, value, true);
    else view.setUint32(i * 4, value, true);
  }
  return bytes;
}
