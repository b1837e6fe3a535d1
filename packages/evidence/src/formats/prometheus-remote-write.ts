import { uncompress } from "snappyjs";
import { EvidenceError } from "../error.ts";

const MAX_BODY_BYTES = 32 << 20;
const WIRE_VARINT = 0;
const WIRE_64 = 1;
const WIRE_LENGTH = 2;
const WIRE_32 = 5;

/** One series of a remote-write request: its labels and its samples in columns. */
export interface RemoteSeries {
  readonly labels: ReadonlyMap<string, string>;
  readonly timeMs: Float64Array;
  readonly values: Float64Array;
}

/** A decoded request. Requests that carry only metadata have no series and are valid. */
export interface RemoteWriteRequest {
  readonly series: readonly RemoteSeries[];
  readonly metadataFamilies: number;
}

/**
 * Decodes the body of a Prometheus remote write 1.0 request: snappy block format around a protobuf WriteRequest
 * (prometheus.io/docs/specs/remote_write_spec). The declared length is checked before anything is unpacked.
 */
export function parseRemoteWrite(body: Uint8Array): RemoteWriteRequest {
  const declared = readVarint(body, 0).value;
  if (declared > MAX_BODY_BYTES) {
    throw new EvidenceError(
      "limit-exceeded",
      `expected at most ${MAX_BODY_BYTES} bytes unpacked, got ${declared} declared`,
    );
  }
  const series: RemoteSeries[] = [];
  let metadataFamilies = 0;
  for (const field of fields(unsnappy(body))) {
    if (field.number === 1 && field.wire === WIRE_LENGTH) series.push(decodeSeries(field.bytes));
    else if (field.number === 3 && field.wire === WIRE_LENGTH) metadataFamilies++;
  }
  return { series, metadataFamilies };
}

function unsnappy(body: Uint8Array): Uint8Array {
  try {
    return uncompress(body, MAX_BODY_BYTES);
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      "expected snappy block format, got bytes that are not",
      { cause },
    );
  }
}

function decodeSeries(bytes: Uint8Array): RemoteSeries {
  const labels = new Map<string, string>();
  const timeMs: number[] = [];
  const values: number[] = [];
  for (const field of fields(bytes)) {
    if (field.wire !== WIRE_LENGTH) continue;
    if (field.number === 1) {
      const [name = "", value = ""] = decodeStrings(field.bytes);
      if (name === "" || labels.has(name)) {
        throw new EvidenceError(
          "malformed-file",
          `expected each label once with a name, got ${JSON.stringify(name)}`,
        );
      }
      labels.set(name, value);
    } else if (field.number === 2) {
      const sample = decodeSample(field.bytes);
      timeMs.push(sample.timeMs);
      values.push(sample.value);
    }
  }
  if (!labels.has("__name__"))
    throw new EvidenceError("malformed-file", "expected a series with __name__, got none");
  return { labels, timeMs: Float64Array.from(timeMs), values: Float64Array.from(values) };
}

function decodeStrings(bytes: Uint8Array): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (const field of fields(bytes)) {
    if (field.wire === WIRE_LENGTH && (field.number === 1 || field.number === 2)) {
      found[field.number - 1] = new TextDecoder().decode(field.bytes);
    }
  }
  return found;
}

/** Proto3 omits zero: a sample without field 1 has the value 0. */
function decodeSample(bytes: Uint8Array): { value: number; timeMs: number } {
  let value = 0;
  let timeMs = 0;
  for (const field of fields(bytes)) {
    if (field.number === 1 && field.wire === WIRE_64) {
      value = new DataView(field.bytes.buffer, field.bytes.byteOffset, 8).getFloat64(0, true);
    } else if (field.number === 2 && field.wire === WIRE_VARINT) timeMs = field.value;
  }
  return { value, timeMs };
}

interface Field {
  readonly number: number;
  readonly wire: number;
  readonly value: number;
  readonly bytes: Uint8Array;
}

function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    at = tag.end;
    const number = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    if (wire === WIRE_VARINT) {
      const read = readVarint(bytes, at);
      at = read.end;
      yield { number, wire, value: read.value, bytes: bytes.subarray(0, 0) };
      continue;
    }
    let length: number;
    if (wire === WIRE_64) length = 8;
    else if (wire === WIRE_32) length = 4;
    else if (wire === WIRE_LENGTH) {
      const read = readVarint(bytes, at);
      at = read.end;
      length = read.value;
    } else
      throw new EvidenceError(
        "malformed-file",
        `expected protobuf wire type 0, 1, 2 or 5, got ${wire}`,
      );
    if (at + length > bytes.length) {
      throw new EvidenceError(
        "malformed-file",
        `expected ${length} bytes of protobuf, got ${bytes.length - at}`,
      );
    }
    yield { number, wire, value: 0, bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

function readVarint(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  let scale = 1;
  for (let at = start; at < Math.min(bytes.length, start + 10); at++) {
    const byte = bytes[at] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at + 1 };
    scale *= 128;
  }
  throw new EvidenceError("malformed-file", "expected a protobuf varint, got the end of the bytes");
}
