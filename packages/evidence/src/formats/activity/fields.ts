import { isObject } from "@standstill/record";
import { NO_NUMBER } from "./columns.ts";
import { namesTwice } from "./line.ts";
import { valueAt } from "./mapped.ts";

/** Characters that a line may have. */
export const MOST_LINE = 100_000;

/** Why a line is set aside that has more. */
export const tooLong = `expected a line of at most ${MOST_LINE} characters, got a longer one`;

/** Fields of a record, by our names. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a line of JSON, or why it has none. A map says how another's fields are called. */
export function fieldsOf(
  text: string,
  map: readonly (readonly [string, string])[],
): Fields | string {
  if (text.length > MOST_LINE) return tooLong;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Why it is no JSON does not matter to whoever reads why the line was set aside.
    return "expected a JSON object, got other text";
  }
  if (!isObject(json)) return "expected a JSON object, got another value";
  if (namesTwice(text)) return "expected each field once, got one twice";
  if (map.length === 0) return withoutNull(json);
  const found: Record<string, unknown> = {};
  for (const [ours, theirs] of map) {
    const value = valueAt(json, theirs);
    if (value !== undefined && value !== null) found[ours] = value;
  }
  return found;
}

/** What is null is not told. */
function withoutNull(fields: Fields): Fields {
  const names = Object.keys(fields);
  if (names.every((name) => fields[name] !== null)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** FLOP in two parts: multiples of `FLOP_SPLIT`, and the rest; `undefined` for what is none. */
export function flopOf(value: unknown): readonly [high: number, low: number] | undefined {
  if (value === undefined) return [NO_NUMBER, 0];
  if (typeof value === "number" && value >= 0 && value < 1e30) {
    return split(String(BigInt(Math.ceil(value))));
  }
  return typeof value === "string" && /^(?:0|[1-9][0-9]{0,29})$/.test(value)
    ? split(value)
    : undefined;
}

function split(digits: string): readonly [high: number, low: number] {
  return [Number(digits.slice(0, -15)), Number(digits.slice(-15))];
}

/** A value as it was written, for people. */
export function quoted(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
