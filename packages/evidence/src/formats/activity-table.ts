import { sha256, toHex, utf8 } from "@standstill/record";
import { EvidenceError } from "../error.ts";
import { namesTwice, patternOf } from "./activity-line.ts";
import { ACTIVITIES, type FieldMap } from "./activity-log.ts";
import { Texts } from "./texts.ts";

/** A text that a record does not have. */
export const NO_TEXT = -1;
/** A number that a record does not have. */
export const NO_NUMBER = -1;
/** FLOP are kept in two columns, whole multiples of this and the rest: a double tells 15 digits apart. */
export const FLOP_SPLIT = 1e15;

const MOST_RECORDS = 50_000_000;
const MOST_TOLD = 100;
const MOST_LINE = 100_000;

/** Columns that name texts, by number in `texts`. */
export const TEXT_COLUMNS = [
  "device",
  "workload",
  "team",
  "region",
  "model",
  "modelSha256",
  "datasetSha256",
  "codeCommit",
  "configSha256",
  "precision",
] as const;
/** One of them. */
export type TextColumn = (typeof TEXT_COLUMNS)[number];

/** Activity logs in columns, one row a record, in the order of files and lines. */
export interface ActivityTable extends Readonly<Record<TextColumn, Int32Array>> {
  readonly count: number;
  readonly texts: Texts;
  /** Names of the files, and the file and line of each record. */
  readonly files: readonly string[];
  readonly file: Uint16Array;
  readonly line: Uint32Array;
  /** Index in `ACTIVITIES`. */
  readonly activity: Uint8Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** FLOP divided by `FLOP_SPLIT`, whole; `NO_NUMBER` where none are stated. And the rest. */
  readonly flopHigh: Float64Array;
  readonly flopLow: Float64Array;
  readonly tokens: Float64Array;
  readonly batchSize: Float64Array;
  readonly sequenceLength: Float64Array;
  /** Which list of parents, and of data sources, a record has; list 0 is empty. */
  readonly parents: Int32Array;
  readonly dataSources: Int32Array;
  readonly lists: readonly (readonly number[])[];
  /** Whether a record has a note. */
  readonly note: Uint8Array;
  /** Lines that are no records: how many, and the first of them with their reasons. */
  readonly setAside: {
    readonly count: number;
    readonly first: readonly {
      readonly file: number;
      readonly line: number;
      readonly reason: string;
    }[];
  };
  /** Records that name the line before, and those of them whose hash is another. */
  readonly chained: number;
  readonly broken: readonly number[];
}

/** A log to read: its name, and its text. */
export interface ActivityFile {
  readonly name: string;
  readonly content: string;
}

/** What a log is read with. */
export interface ActivityTableOptions {
  /** Names of fields in somebody else's log, by ours. */
  readonly map?: FieldMap;
  /** SHA-256 in hexadecimal of a line's bytes; a faster one where the system has it. */
  readonly hash?: (line: Uint8Array) => string;
}

const ACTIVITY_INDEX: ReadonlyMap<unknown, number> = new Map(
  ACTIVITIES.map((activity, index) => [activity, index]),
);
const KNOWN = new Set<string>([
  ...TEXT_COLUMNS,
  ...["start", "end", "activity", "flop", "tokens", "batchSize", "sequenceLength"],
  ...["parents", "dataSources", "note", "previous"],
]);
const HEX: Partial<Record<TextColumn, RegExp>> = {
  modelSha256: /^[0-9a-f]{64}$/,
  datasetSha256: /^[0-9a-f]{64}$/,
  configSha256: /^[0-9a-f]{64}$/,
  codeCommit: /^[0-9a-f]{7,64}$/,
};
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Reads activity logs into columns. A line that is no record is set aside with its reason, the others are kept.
 *
 * @example readActivityTable([{ name: "log.jsonl", content }]).count // records
 */
export function readActivityTable(
  files: readonly ActivityFile[],
  options: ActivityTableOptions = {},
): ActivityTable {
  const reader = new ActivityTableReader(options);
  for (const { name, content } of files) {
    reader.begin(name);
    reader.bytes(utf8(content));
    reader.end();
  }
  return reader.table();
}

/** Reads activity logs a piece at a time: a large one is no string. */
export class ActivityTableReader {
  readonly #files: string[] = [];
  readonly #rows: Rows;
  #rest = new Uint8Array(0);
  #line = 0;

  constructor({ map = {}, hash = (line) => toHex(sha256(line)) }: ActivityTableOptions = {}) {
    this.#rows = new Rows(this.#files, Object.entries(map), hash);
  }

  /** Begins a file with a name. */
  begin(name: string): void {
    this.#files.push(name);
    this.#rows.begin();
    this.#rest = new Uint8Array(0);
    this.#line = 0;
  }

  /** Takes more text of the file, in UTF-8. */
  bytes(more: Uint8Array): void {
    // Node's buffers do not copy what is sliced from them; plain arrays do.
    let content = new Uint8Array(more.buffer, more.byteOffset, more.byteLength);
    if (this.#rest.length > 0) {
      content = new Uint8Array(this.#rest.length + more.length);
      content.set(this.#rest);
      content.set(more, this.#rest.length);
    }
    let at = this.#line === 0 && isMarked(content) ? 3 : 0;
    for (let found = content.indexOf(10, at); found >= 0; found = content.indexOf(10, at)) {
      this.#line++;
      const end = found > at && content[found - 1] === 13 ? found - 1 : found;
      this.#rows.add(this.#files.length - 1, this.#line, content, at, end);
      at = found + 1;
    }
    this.#rest = content.slice(at);
    if (this.#rest.length > MOST_LINE * 10) {
      throw new EvidenceError(
        "limit-exceeded",
        `expected lines of at most ${MOST_LINE} bytes, got a longer one`,
        { place: `${this.#files.at(-1)}, line ${this.#line + 1}` },
      );
    }
  }

  /** Ends the file; its last line may have no end of its own. */
  end(): void {
    if (this.#rest.length > 0) this.bytes(Uint8Array.of(10));
  }

  /** What was read. */
  table(): ActivityTable {
    return this.#rows.table();
  }
}

function isMarked(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A layout that lines had, with the last line of it: most fields are what they were in the line before, so a line is compared
 * with that one, and only what differs is read.
 */
interface Known {
  readonly keys: readonly string[];
  /** Columns of the fields, and of those that it lacks with what they then have. */
  targets: readonly (Column | undefined)[];
  absent: readonly { readonly column: Column; readonly value: number }[];
  readonly flop: number;
  readonly previous: number;
  line: Uint8Array;
  /** Where each value starts and stops in that line. */
  starts: Int32Array;
  stops: Int32Array;
  values: Float64Array;
  /** Second part of FLOP. */
  rest: number;
  /** The same of the line that is being read. */
  nextStarts: Int32Array;
  nextStops: Int32Array;
  nextValues: Float64Array;
}
type Column = Int32Array | Uint8Array | Float64Array;

const MOST_LAYOUTS = 16;

class Rows {
  readonly #layouts: Known[] = [];
  readonly #files: readonly string[];
  readonly #map: readonly (readonly [string, string])[];
  readonly #hash: (line: Uint8Array) => string;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #texts = new Texts();
  readonly #times = new Map<string, number>();
  readonly #lists: (readonly number[])[] = [[]];
  readonly #listNumbers = new Map<string, number>([["", 0]]);
  readonly #first: { file: number; line: number; reason: string }[] = [];
  readonly #broken: number[] = [];
  /** The line before in the file. */
  #before:
    | { readonly content: Uint8Array; readonly from: number; readonly end: number }
    | undefined;
  #setAside = 0;
  #chained = 0;
  #count = 0;
  #columns = columnsOf(1024);
  /** Second part of the FLOP that were read last. */
  #rest = 0;

  constructor(
    files: readonly string[],
    map: readonly (readonly [string, string])[],
    hash: (line: Uint8Array) => string,
  ) {
    this.#files = files;
    this.#map = map;
    this.#hash = hash;
  }

  /** Begins a file: its first line names none before it. */
  begin(): void {
    this.#before = undefined;
  }

  /** Adds the line between two places of some bytes. */
  add(file: number, line: number, content: Uint8Array, from: number, end: number): void {
    if (this.#count === this.#columns.line.length) this.#grow();
    if (!this.#addKnown(file, line, content, from, end)) {
      const text = this.#textOf(content, from, end);
      if (text?.trim() === "") return;
      const fields =
        text === undefined ? "expected UTF-8, got other bytes" : fieldsOf(text, this.#map);
      const reason = typeof fields === "string" ? fields : this.#put(file, line, fields);
      if (reason === undefined) {
        this.#chain((fields as Fields).previous);
        if (this.#map.length === 0) this.#learn(text as string);
      } else {
        this.#setAside++;
        if (this.#first.length < MOST_TOLD) this.#first.push({ file, line, reason });
      }
    }
    this.#before = { content, from, end };
  }

  #textOf(content: Uint8Array, from: number, end: number): string | undefined {
    try {
      return this.#decoder.decode(content.subarray(from, end));
    } catch {
      return undefined;
    }
  }

  #chain(previous: unknown): void {
    if (previous === undefined || this.#before === undefined) return;
    const { content, from, end } = this.#before;
    this.#chained++;
    if (previous !== this.#hash(content.subarray(from, end))) this.#broken.push(this.#count - 1);
  }

  /** Notes how a line is laid out that was a record, the last one. */
  #learn(text: string): void {
    const pattern = this.#layouts.length < MOST_LAYOUTS ? patternOf(text) : undefined;
    if (pattern === undefined) return;
    const { keys, between } = pattern;
    const fields = keys.length;
    const layout: Known = {
      ...{ keys, targets: [], absent: [], line: utf8(text), rest: 0 },
      ...{ flop: keys.indexOf("flop"), previous: keys.indexOf("previous") },
      ...{ starts: new Int32Array(fields), stops: new Int32Array(fields) },
      ...{ nextStarts: new Int32Array(fields), nextStops: new Int32Array(fields) },
      ...{ values: new Float64Array(fields), nextValues: new Float64Array(fields) },
    };
    let at = 0;
    for (let k = 0; k < fields; k++) {
      at += utf8(between[k] as string).length;
      const stop = endOfValue(layout.line, at, layout.line.length);
      const value = stop === at ? undefined : this.#read(keys[k] as string, layout.line, at, stop);
      if (value === undefined) return;
      if (k === layout.flop) layout.rest = this.#rest;
      layout.starts[k] = at;
      layout.stops[k] = stop;
      layout.values[k] = value;
      at = stop;
    }
    this.#aim(layout);
    this.#layouts.unshift(layout);
  }

  /** Says which columns a layout's fields are in; anew when they have grown. */
  #aim(layout: Known): void {
    const columns = this.#columns;
    const of = (key: string): Column | undefined => {
      if (key === "flop") return columns.flopHigh;
      if (key === "start") return columns.startMs;
      if (key === "end") return columns.endMs;
      return key === "previous"
        ? undefined
        : columns[key as Exclude<keyof Columns, "file" | "line">];
    };
    layout.targets = layout.keys.map(of);
    layout.absent = [...KNOWN]
      .filter((name) => name !== "previous" && !layout.keys.includes(name))
      .map((name) => {
        const isCount = name === "note" || name === "parents" || name === "dataSources";
        return { column: of(name) as Column, value: isCount ? 0 : NO_NUMBER };
      });
  }

  /** Adds a line that is laid out as one before; false where it is not, or anything in it must be looked at in full. */
  #addKnown(file: number, line: number, content: Uint8Array, from: number, end: number): boolean {
    if (end - from > MOST_LINE) return false;
    for (let i = 0; i < this.#layouts.length; i++) {
      const layout = this.#layouts[i] as Known;
      if (!this.#scan(layout, content, from, end)) continue;
      if (i > 0) {
        this.#layouts.splice(i, 1);
        this.#layouts.unshift(layout);
      }
      const { startMs, endMs, flopLow, file: files, line: lines } = this.#columns;
      const row = this.#count;
      const { targets, values, absent } = layout;
      for (let k = 0; k < targets.length; k++) {
        const column = targets[k];
        if (column !== undefined) column[row] = values[k] as number;
      }
      for (let k = 0; k < absent.length; k++) {
        const { column, value } = absent[k] as Known["absent"][number];
        column[row] = value;
      }
      flopLow[row] = layout.flop < 0 ? 0 : layout.rest;
      if ((startMs[row] as number) >= (endMs[row] as number)) return false;
      files[row] = file;
      lines[row] = line;
      this.#count++;
      const { previous, starts, stops } = layout;
      if (previous >= 0) {
        const raw = layout.line.subarray(
          (starts[previous] as number) + 1,
          (stops[previous] as number) - 1,
        );
        this.#chain(this.#decoder.decode(raw));
      }
      return true;
    }
    return false;
  }

  /** Compares a line with the last of a layout, and reads what differs. Only where all of it fits does the layout take it over. */
  #scan(layout: Known, content: Uint8Array, from: number, end: number): boolean {
    const { line, starts, stops, values, keys, nextStarts, nextStops, nextValues } = layout;
    let shift = from;
    let before = 0;
    let rest = layout.rest;
    for (let k = 0; k < keys.length; k++) {
      const [start, stop] = [starts[k] as number, stops[k] as number];
      let i = before;
      // One byte more, so that a number that goes on is no match.
      while (i <= stop && content[i + shift] === line[i]) i++;
      before = stop;
      nextStarts[k] = start + shift - from;
      if (i > stop) {
        nextValues[k] = values[k] as number;
        nextStops[k] = stop + shift - from;
        continue;
      }
      if (i < start) return false;
      const at = start + shift;
      const next = endOfValue(content, at, end);
      const value = next === at ? undefined : this.#read(keys[k] as string, content, at, next);
      if (value === undefined) return false;
      if (k === layout.flop) rest = this.#rest;
      nextValues[k] = value;
      nextStops[k] = next - from;
      shift = next - stop;
    }
    const tail = line.length - before;
    if (before + shift + tail !== end) return false;
    for (let i = before; i < line.length; i++) if (content[i + shift] !== line[i]) return false;
    layout.starts = nextStarts;
    layout.stops = nextStops;
    layout.values = nextValues;
    layout.nextStarts = starts;
    layout.nextStops = stops;
    layout.nextValues = values;
    layout.rest = rest;
    if (line.length === end - from) line.set(content.subarray(from, end));
    else layout.line = content.slice(from, end);
    return true;
  }

  /** A field's value as a number; nothing where it is none that can be taken as it stands. */
  #read(key: string, content: Uint8Array, at: number, stop: number): number | undefined {
    const first = content[at];
    const isText = first === 34;
    if (isText && hasEscape(content, at, stop)) return undefined;
    const text = this.#textOf(content, isText ? at + 1 : at, isText ? stop - 1 : stop);
    if (text === undefined || (isText && /\p{Cc}/u.test(text))) return undefined;
    if (key === "flop") {
      const flop = flopOf(isText ? text : Number(text));
      this.#rest = flop?.[1] ?? 0;
      return flop?.[0];
    }
    if (key === "start" || key === "end") return isText ? this.#instant(text) : undefined;
    if (key === "activity") return isText ? ACTIVITY_INDEX.get(text) : undefined;
    if (key === "tokens" || key === "batchSize" || key === "sequenceLength") {
      return !isText && first !== 91 && text.length <= 15 ? Number(text) : undefined;
    }
    if (key === "parents" || key === "dataSources")
      return first === 91 ? this.#listIn(text) : undefined;
    if (key === "note")
      return isText && text.length <= 2000 ? Number(text.trim() !== "") : undefined;
    if (key === "previous") return isText ? 0 : undefined;
    const form = HEX[key as TextColumn];
    if (!isText || text === "" || text.length > 200) return undefined;
    return form === undefined || form.test(text) ? this.#texts.number(text) : undefined;
  }

  #listIn(text: string): number | undefined {
    try {
      return this.#list(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  table(): ActivityTable {
    const whole = Object.fromEntries(
      Object.entries(this.#columns).map(([name, column]) => [name, column.slice(0, this.#count)]),
    ) as unknown as Columns;
    return {
      ...whole,
      count: this.#count,
      texts: this.#texts,
      files: this.#files,
      lists: this.#lists,
      setAside: { count: this.#setAside, first: this.#first },
      chained: this.#chained,
      broken: this.#broken,
    };
  }

  /** Puts a record into the columns, or tells why it is none; a row that was begun is then written over. */
  #put(file: number, line: number, fields: Fields): string | undefined {
    const columns = this.#columns;
    const row = this.#count;
    for (const name in fields)
      if (!KNOWN.has(name)) return `expected known fields, got ${quoted(name)}`;
    for (const name of TEXT_COLUMNS) {
      const value = fields[name];
      if (value === undefined) {
        if (name === "device" || name === "workload") return `${name}: expected a text, got none`;
        columns[name][row] = NO_TEXT;
      } else {
        if (typeof value !== "string" || value === "" || value.length > 200) {
          return `${name}: expected a text of 1 to 200 characters, got ${quoted(value)}`;
        }
        const known = this.#texts.find(value);
        // A text that is known in a column was looked at there, or in another: hashes are looked at again.
        const form = HEX[name];
        if (form !== undefined && !form.test(value)) {
          return `${name}: expected hexadecimal, got ${quoted(value)}`;
        }
        columns[name][row] = known ?? this.#texts.number(value);
      }
    }
    const [start, end] = [this.#instant(fields.start), this.#instant(fields.end)];
    if (start === undefined || end === undefined) {
      return `start, end: expected times as 2026-11-21T20:00:00.000Z, got ${quoted(fields.start)} and ${quoted(fields.end)}`;
    }
    if (start >= end)
      return `expected a window that ends after it starts, got ${quoted(fields.start)} to ${quoted(fields.end)}`;
    const activity = ACTIVITY_INDEX.get(fields.activity);
    if (activity === undefined) {
      return `activity: expected one of ${ACTIVITIES.join(", ")}, got ${quoted(fields.activity)}`;
    }
    const flop = flopOf(fields.flop);
    if (flop === undefined)
      return `flop: expected a whole number of at most 30 digits, got ${quoted(fields.flop)}`;
    for (const name of ["tokens", "batchSize", "sequenceLength"] as const) {
      const value = fields[name];
      if (value === undefined) columns[name][row] = NO_NUMBER;
      else if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)
        columns[name][row] = value;
      else return `${name}: expected a whole number, got ${quoted(value)}`;
    }
    for (const name of ["parents", "dataSources"] as const) {
      const list = this.#list(fields[name]);
      if (list === undefined)
        return `${name}: expected a list of at most 1000 texts, got ${quoted(fields[name])}`;
      columns[name][row] = list;
    }
    if (
      fields.note !== undefined &&
      (typeof fields.note !== "string" || fields.note.length > 2000)
    ) {
      return `note: expected a text of at most 2000 characters, got ${quoted(fields.note)}`;
    }
    if (fields.previous !== undefined && typeof fields.previous !== "string") {
      return `previous: expected a SHA-256, got ${quoted(fields.previous)}`;
    }
    columns.note[row] = fields.note === undefined || (fields.note as string).trim() === "" ? 0 : 1;
    columns.startMs[row] = start;
    columns.endMs[row] = end;
    columns.activity[row] = activity;
    columns.flopHigh[row] = flop[0];
    columns.flopLow[row] = flop[1];
    columns.file[row] = file;
    columns.line[row] = line;
    this.#count++;
    return undefined;
  }

  #instant(value: unknown): number | undefined {
    if (typeof value !== "string") return undefined;
    const known = this.#times.get(value);
    if (known !== undefined) return known;
    const at = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at)) return undefined;
    // Windows repeat from device to device; times that never repeat need not be kept.
    if (this.#times.size > 200_000) this.#times.clear();
    this.#times.set(value, at);
    return at;
  }

  #list(value: unknown): number | undefined {
    if (value === undefined) return 0;
    if (!Array.isArray(value) || value.length > 1000) return undefined;
    if (value.some((one) => typeof one !== "string" || one === "" || one.length > 200))
      return undefined;
    const numbers = [...new Set(value.map((one: string) => this.#texts.number(one)))];
    const key = numbers.join(" ");
    const known = this.#listNumbers.get(key);
    if (known !== undefined) return known;
    this.#listNumbers.set(key, this.#lists.length);
    return this.#lists.push(numbers) - 1;
  }

  #grow(): void {
    const rows = this.#columns.line.length * 2;
    if (this.#count >= MOST_RECORDS) {
      throw new EvidenceError(
        "limit-exceeded",
        `expected at most ${MOST_RECORDS} records, got more`,
      );
    }
    const next = columnsOf(rows);
    for (const name of Object.keys(next) as (keyof Columns)[]) next[name].set(this.#columns[name]);
    this.#columns = next;
    for (const layout of this.#layouts) this.#aim(layout);
  }
}

type Columns = ReturnType<typeof columnsOf>;

function columnsOf(rows: number) {
  const texts = Object.fromEntries(
    TEXT_COLUMNS.map((name) => [name, new Int32Array(rows)]),
  ) as Record<TextColumn, Int32Array>;
  return {
    ...texts,
    file: new Uint16Array(rows),
    line: new Uint32Array(rows),
    activity: new Uint8Array(rows),
    startMs: new Float64Array(rows),
    endMs: new Float64Array(rows),
    flopHigh: new Float64Array(rows),
    flopLow: new Float64Array(rows),
    tokens: new Float64Array(rows),
    batchSize: new Float64Array(rows),
    sequenceLength: new Float64Array(rows),
    parents: new Int32Array(rows),
    dataSources: new Int32Array(rows),
    note: new Uint8Array(rows),
  };
}

function fieldsOf(text: string, map: readonly (readonly [string, string])[]): Fields | string {
  if (text.length > MOST_LINE)
    return `expected a line of at most ${MOST_LINE} characters, got ${text.length}`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "expected a JSON object, got other text";
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return "expected a JSON object, got another value";
  }
  if (namesTwice(text)) return "expected each field once, got one twice";
  if (map.length === 0) return json as Fields;
  const found: Record<string, unknown> = {};
  for (const [ours, theirs] of map) {
    const value = valueAt(json, theirs);
    if (value !== undefined && value !== null) found[ours] = value;
  }
  return found;
}

function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const part of path.split(".")) {
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined;
  }
  return value;
}

/** FLOP in two parts; `undefined` for what is none. */
function flopOf(value: unknown): readonly [high: number, low: number] | undefined {
  if (value === undefined) return [NO_NUMBER, 0];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0)
    return split(String(value));
  return typeof value === "string" && /^(?:0|[1-9][0-9]{0,29})$/.test(value)
    ? split(value)
    : undefined;
}

/** Where the value that stands at a place ends; that place itself where it is no text, whole number or list. */
function endOfValue(content: Uint8Array, at: number, end: number): number {
  const first = content[at];
  if (first === 34 || first === 91) {
    const close = first === 34 ? 34 : 93;
    let stop = at + 1;
    while (stop < end && content[stop] !== close) stop++;
    return stop < end ? stop + 1 : at;
  }
  let stop = at;
  while (stop < end && (content[stop] as number) >= 48 && (content[stop] as number) <= 57) stop++;
  // A number with a leading zero is no JSON.
  return first === 48 && stop - at > 1 ? at : stop;
}

function hasEscape(content: Uint8Array, at: number, stop: number): boolean {
  for (let i = at; i < stop; i++) if (content[i] === 92) return true;
  return false;
}

function split(digits: string): readonly [high: number, low: number] {
  return [Number(digits.slice(0, -15)), Number(digits.slice(-15))];
}

function quoted(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
