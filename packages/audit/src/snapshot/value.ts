import { type SupportChange, Supports } from "@standstill/agreement";
import type { ColumnParts } from "@standstill/record";
import { AppendList, StatementList } from "@standstill/record";
import { decode, type EncodeOptions, encode, Tagged } from "cborg";
import { isOrderedMap, List, OrderedMap } from "immutable";

/** CBOR tags for the collections that a state is made of, from the range that anybody may use (RFC 8949, section 9.2). */
const TAG = {
  map: 70_001,
  set: 70_002,
  orderedMap: 70_003,
  list: 70_004,
  appendList: 70_005,
  statementList: 70_006,
  supports: 70_007,
} as const;

/** Items that are encoded at once, so that a long list needs no memory for all of them a second time. */
const CHUNK = 1000;

/** The order in which replay made an object's members is kept: some things are compared by their text. */
const ENCODING: EncodeOptions = { mapSorter: () => 0 };

/** A state or a part of it as bytes: the same state, the same bytes. */
export function encodeValue(value: unknown): Uint8Array {
  return encode(tagged(value), ENCODING);
}

/** The value of bytes that `encodeValue` made; throws for others. */
export function decodeValue(bytes: Uint8Array): unknown {
  return decode(bytes, { tags: DECODERS });
}

function tagged(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(tagged);
  if (value instanceof Map) return new Tagged(TAG.map, pairs(value));
  if (value instanceof Set) return new Tagged(TAG.set, [...value].map(tagged));
  if (isOrderedMap(value)) return new Tagged(TAG.orderedMap, pairs(value));
  if (List.isList(value)) return new Tagged(TAG.list, [...value].map(tagged));
  if (value instanceof AppendList) return new Tagged(TAG.appendList, chunks(value));
  if (value instanceof StatementList) return new Tagged(TAG.statementList, value.parts());
  if (value instanceof Supports) return new Tagged(TAG.supports, value.parts());
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError(`expected plain data in a state, got ${value.constructor.name}`);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tagged(member)]));
}

function pairs(map: Iterable<readonly [unknown, unknown]>): unknown[] {
  return [...map].map(([key, member]) => [tagged(key), tagged(member)]);
}

function chunks(list: AppendList<unknown>): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let from = 0; from < list.size; from += CHUNK) {
    found.push(encodeValue(list.slice(from, from + CHUNK)));
  }
  return found;
}

type Pairs = [unknown, unknown][];

const DECODERS = {
  [TAG.map]: (value: () => unknown) => new Map(value() as Pairs),
  [TAG.set]: (value: () => unknown) => new Set(value() as unknown[]),
  [TAG.orderedMap]: (value: () => unknown) => OrderedMap(value() as Pairs),
  [TAG.list]: (value: () => unknown) => List(value() as unknown[]),
  [TAG.appendList]: (value: () => unknown) => {
    let list = AppendList.empty<unknown>();
    for (const chunk of value() as Uint8Array[])
      for (const item of decodeValue(chunk) as unknown[]) list = list.append(item);
    return list;
  },
  [TAG.statementList]: (value: () => unknown) => StatementList.ofParts(value() as ColumnParts),
  [TAG.supports]: (value: () => unknown) => {
    const [columns, changes] = value() as [ColumnParts, [number, SupportChange][]];
    return Supports.ofParts(columns, changes);
  },
};
