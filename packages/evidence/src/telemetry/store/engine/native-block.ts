import { utf8 } from "@standstill/record";

/** A column of a block in ClickHouse's Native format. */
export interface NativeColumn {
  readonly name: string;
  readonly type: "Int64" | "UInt32" | "String";
  readonly values: BigInt64Array | Uint32Array | readonly string[];
}

/** Columns as one block of ClickHouse's Native format: counts as varints, then name, type and raw values of each. */
export function encodeNativeBlock(columns: readonly NativeColumn[]): Buffer {
  const rows = columns[0]?.values.length ?? 0;
  const parts: Uint8Array[] = [varint(columns.length), varint(rows)];
  for (const { name, type, values } of columns) {
    parts.push(text(name), text(type));
    if (Array.isArray(values))
      for (const value of values as readonly string[]) parts.push(text(value));
    else {
      const typed = values as BigInt64Array | Uint32Array;
      parts.push(new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength));
    }
  }
  return Buffer.concat(parts);
}

function text(value: string): Uint8Array {
  const bytes = utf8(value);
  return Buffer.concat([varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
