import { Buffer } from "node:buffer";

/** A field of a protobuf message, as bytes. */
export type Field = Uint8Array;

/** A message of fields, as senders write it (protobuf.dev, Encoding). */
export function message(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(fields);
}

/** A field of bytes or text. */
export function bytes(number: number, value: Uint8Array | string): Field {
  const content = Buffer.from(value as Uint8Array);
  return Buffer.concat([
    varintOf(BigInt(number * 8 + 2)),
    varintOf(BigInt(content.length)),
    content,
  ]);
}

/** A field of a varint. */
export function varint(number: number, value: number | bigint): Field {
  return Buffer.concat([varintOf(BigInt(number * 8)), varintOf(BigInt(value))]);
}

/** A field of a double. */
export function double(number: number, value: number): Field {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([varintOf(BigInt(number * 8 + 1)), content]);
}

/** A field of eight bytes, given as a number. */
export function fixed64(number: number, value: bigint): Field {
  const content = Buffer.alloc(8);
  content.writeBigUInt64LE(value);
  return Buffer.concat([varintOf(BigInt(number * 8 + 1)), content]);
}

function varintOf(value: bigint): Buffer {
  const found: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest >= 128n) {
    found.push(Number(rest % 128n) + 128);
    rest /= 128n;
  }
  found.push(Number(rest));
  return Buffer.from(found);
}
