import { utf8 } from "@standstill/record";

/** A column of a block in ClickHouse's Native format. */
export type NativeColumn = { readonly name: string } & (
  | { readonly type: "Int64"; readonly values: BigInt64Array }
  | { readonly type: "UInt32"; readonly values: Uint32Array }
  | { readonly type: "String"; readonly values: readonly string[] }
);

/** Columns as one block of ClickHouse's Native format: counts as varints, then name, type and raw values of each. */
export function encodeNativeBlock(columns: readonly NativeColumn[]): Buffer {
  const rows = columns[0]?.values.length ?? 0;
  const parts: Uint8Array[] = [varint(columns.length), varint(rows)];
  for (const column of columns) {
    parts.push(text(column.name), text(column.type));
    if (column.type === "String") for (const value of column.values) parts.push(text(value));
    else {
      const { buffer, byteOffset, byteLength } = column.values;
      parts.push(new Uint8Array(buffer, byteOffset, byteLength));
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
