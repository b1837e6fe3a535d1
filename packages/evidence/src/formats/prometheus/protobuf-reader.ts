import { there } from "@standstill/record";
import { EvidenceError } from "../../error.ts";

/** Wire types of protobuf (protobuf.dev, Encoding). */
export const WIRE = { varint: 0, fixed64: 1, length: 2, fixed32: 5 } as const;

const HALF = Number(1n << 63n);
const WHOLE = Number(1n << 64n);

/** Reads protobuf in place: no object and no copy for a field. */
export class ProtobufReader {
  readonly bytes: Uint8Array;
  /** Where it reads next. */
  at = 0;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A varint of up to 64 bits; above 2^53 only its nearest double. */
  varint(end: number): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10; count++) {
      if (this.at >= end) break;
      const byte = there(this.bytes[this.at++]);
      if (byte < 0x80) return value + byte * scale;
      value += (byte & 0x7f) * scale;
      scale *= 128;
    }
    throw new EvidenceError(
      "malformed-file",
      "expected a protobuf varint, got the end of the bytes",
    );
  }

  /** A signed 64-bit varint, as times are: two's complement, so that a negative one takes ten bytes. */
  int64(end: number): number {
    const value = this.varint(end);
    return value >= HALF ? value - WHOLE : value;
  }

  /** A double. */
  double(end: number): number {
    if (this.at + 8 > end) throw truncated(8, end - this.at);
    const value = this.view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  /** The high and low halves of the 8 bytes before: what tells one NaN from another. */
  halvesBefore(): readonly [high: number, low: number] {
    return [this.view.getUint32(this.at - 4, true), this.view.getUint32(this.at - 8, true)];
  }

  /** The end of a field that has a length, which it reads. */
  lengthEnd(end: number): number {
    const length = this.varint(end);
    if (length > end - this.at) throw truncated(length, end - this.at);
    return this.at + length;
  }

  /** Passes over a field's value. */
  skip(wire: number, end: number): void {
    if (wire === WIRE.varint) this.varint(end);
    else if (wire === WIRE.length) this.at = this.lengthEnd(end);
    else if (wire === WIRE.fixed64 || wire === WIRE.fixed32) {
      const width = wire === WIRE.fixed64 ? 8 : 4;
      if (width > end - this.at) throw truncated(width, end - this.at);
      this.at += width;
    } else {
      throw new EvidenceError(
        "malformed-file",
        `expected protobuf wire type 0, 1, 2 or 5, got ${wire}`,
      );
    }
  }

  /** Text of UTF-8 bytes; refuses bytes that are not. */
  text(from: number, to: number): string {
    try {
      return decoder.decode(this.bytes.subarray(from, to));
    } catch (cause) {
      throw new EvidenceError(
        "malformed-file",
        "expected UTF-8 in a protobuf string, got other bytes",
        {
          cause,
        },
      );
    }
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

function truncated(expected: number, got: number): EvidenceError {
  return new EvidenceError("malformed-file", `expected ${expected} bytes of protobuf, got ${got}`);
}
