import type { Coalition } from "./state.ts";

/** JSON in which maps and sets are kept: `{"map": [[key, value], …]}` and `{"set": [value, …]}`. */
export type Encoded =
  | null
  | boolean
  | number
  | string
  | readonly Encoded[]
  | { readonly [key: string]: Encoded };

/**
 * A coalition as JSON, so that a page can play suppositions through by itself.
 *
 * @example coalitionFromJson(JSON.parse(JSON.stringify(coalitionToJson(coalition)))).bound.size
 */
export function coalitionToJson(coalition: Coalition): Encoded {
  return encode(coalition);
}

/** The coalition that `coalitionToJson` wrote. */
export function coalitionFromJson(json: Encoded): Coalition {
  return decode(json) as Coalition;
}

function encode(value: unknown): Encoded {
  if (value instanceof Map)
    return { map: [...value].map(([key, item]) => [encode(key), encode(item)]) };
  if (value instanceof Set) return { set: [...value].map(encode) };
  if (Array.isArray(value)) return value.map(encode);
  if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, encode(item)]),
    );
  return value as Encoded;
}

function decode(value: Encoded): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as { readonly [key: string]: Encoded });
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [key, item] = first;
    if (key === "map")
      return new Map((item as Encoded[]).map((pair) => decode(pair) as [unknown, unknown]));
    if (key === "set") return new Set((item as Encoded[]).map(decode));
    if (key === "number") return Number(item);
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, decode(item)]));
}
