import { RecordError } from "../error.ts";
import { reasonOf } from "../thrown.ts";
import { textOf, utf8 } from "./encoding.ts";

/** Any value that JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Deepest nesting that is parsed. */
const MAX_DEPTH = 32;
/** Largest JSON text that is parsed, in bytes. */
const MAX_BYTES = 1 << 20;

/**
 * The canonical text of a value (RFC 8785, JSON Canonicalization Scheme): keys sorted by UTF-16 code units, no white
 * space, numbers as ECMAScript prints them. Refuses what JSON cannot hold: NaN, infinities, lone surrogates.
 *
 * @example canonicalJson({ b: 1, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** Whether a value is an object with names: no list, and not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** SHA-256 input of a value: the UTF-8 bytes of its canonical text. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8(canonicalJson(value));
}

/**
 * Parses JSON bytes and accepts them only if they are their own canonical form. This refuses duplicate keys, white
 * space, other key orders and other spellings of numbers in one comparison; `__proto__` as a key, lone surrogates,
 * numbers beyond double range, nesting over 32 and texts over 1 MiB are refused by name.
 */
export function parseCanonicalJson(bytes: Uint8Array): Json {
  const text = jsonText(bytes);
  const value = parseText(text);
  const canonical = canonicalJson(value);
  if (canonical !== text) {
    let at = 0;
    while (canonical[at] === text[at]) at++;
    throw new RecordError(
      "not-canonical",
      `expected canonical JSON (RFC 8785), got text that departs from it at character ${at}; ` +
        "duplicate keys, white space, key order or number spelling cause this",
    );
  }
  return value;
}

/** Parses JSON bytes under the same limits, but in any spelling. For files that people write, not for statements. */
export function parseJson(bytes: Uint8Array): Json {
  const value = parseText(jsonText(bytes));
  canonicalJson(value);
  return value;
}

function jsonText(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) {
    throw new RecordError(
      "limit-exceeded",
      `expected at most ${MAX_BYTES} bytes of JSON, got ${bytes.length}`,
    );
  }
  const text = textOf(bytes);
  checkDepth(text);
  return text;
}

function parseText(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RecordError(
      "malformed-json",
      `expected JSON, got text that is not: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings: `[` and `{` open, `]` and `}` close. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === BACKSLASH) i++;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > MAX_DEPTH) {
        throw new RecordError(
          "limit-exceeded",
          `expected JSON nested at most ${MAX_DEPTH} deep, got deeper`,
        );
      }
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) {
    throw new RecordError(
      "limit-exceeded",
      `expected a value nested at most ${MAX_DEPTH} deep, got deeper`,
    );
  }
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return writeString(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new RecordError("malformed-json", `expected a finite number, got ${value}`);
    }
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    let text = "[";
    for (let i = 0; i < value.length; i++)
      text += i === 0 ? write(value[i], depth + 1) : `,${write(value[i], depth + 1)}`;
    return `${text}]`;
  }
  if (isObject(value)) return writeObject(value, depth);
  throw new RecordError("malformed-json", `expected a JSON value, got a ${typeof value}`);
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    if (key === "__proto__")
      throw new RecordError("malformed-json", 'expected ordinary keys, got "__proto__"');
    const comma = text.length === 1 ? "" : ",";
    text += `${comma}${writeString(key)}:${write(member, depth + 1)}`;
  }
  return `${text}}`;
}

/** Printable ASCII without quote and backslash stands for itself. */
const PLAIN = /^[ !#-[\]-~]*$/;

function writeString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) {
    throw new RecordError("malformed-encoding", "expected well-formed text, got a lone surrogate");
  }
  return JSON.stringify(text);
}
