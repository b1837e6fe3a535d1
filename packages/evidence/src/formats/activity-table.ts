import { sha256, toHex, utf8 } from "@standstill/record";
import { EvidenceError } from "../error.ts";
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
  /** SHA-256 in hexadecimal; a faster one where the system has it. */
  readonly hash?: (line: string) => string;
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
    reader.text(content);
    reader.end();
  }
  return reader.table();
}

/** Reads activity logs a piece of text at a time: a large one is no string. */
export class ActivityTableReader {
  readonly #files: string[] = [];
  readonly #rows: Rows;
  readonly #map: readonly (readonly [string, string])[];
  readonly #hash: (line: string) => string;
  #rest = "";
  #line = 0;
  #before: string | undefined;

  constructor({ map = {}, hash = (line) => toHex(sha256(utf8(line))) }: ActivityTableOptions = {}) {
    this.#rows = new Rows(this.#files);
    this.#map = Object.entries(map);
    this.#hash = hash;
  }

  /** Begins a file with a name. */
  begin(name: string): void {
    this.#files.push(name);
    this.#rest = "";
    this.#line = 0;
    this.#before = undefined;
  }

  /** Takes more text of the file. */
  text(more: string): void {
    const content = this.#rest + more;
    let at = this.#line === 0 && content.startsWith("\uFEFF") ? 1 : 0;
    for (let found = content.indexOf("\n", at); found >= 0; found = content.indexOf("\n", at)) {
      this.#take(content.slice(at, content[found - 1] === "\r" ? found - 1 : found));
      at = found + 1;
    }
    this.#rest = content.slice(at);
    if (this.#rest.length > MOST_LINE * 10) {
      throw new EvidenceError(
        "limit-exceeded",
        `expected lines of at most ${MOST_LINE} characters, got a longer one`,
        { place: `${this.#files.at(-1)}, line ${this.#line + 1}` },
      );
    }
  }

  /** Ends the file; its last line may have no end of its own. */
  end(): void {
    if (this.#rest !== "") this.#take(this.#rest);
    this.#rest = "";
  }

  /** What was read. */
  table(): ActivityTable {
    return this.#rows.table();
  }

  #take(text: string): void {
    this.#line++;
    if (text.trim() === "") return;
    const file = this.#files.length - 1;
    this.#rows.add(file, this.#line, text, this.#map, this.#before, this.#hash);
    this.#before = text;
  }
}

type Fields = Readonly<Record<string, unknown>>;

class Rows {
  readonly #files: readonly string[];
  readonly #texts = new Texts();
  readonly #times = new Map<string, number>();
  readonly #lists: (readonly number[])[] = [[]];
  readonly #listNumbers = new Map<string, number>([["", 0]]);
  readonly #first: { file: number; line: number; reason: string }[] = [];
  readonly #broken: number[] = [];
  #setAside = 0;
  #chained = 0;
  #count = 0;
  #columns = columnsOf(1024);

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  add(
    file: number,
    line: number,
    text: string,
    map: readonly (readonly [string, string])[],
    before: string | undefined,
    hash: (line: string) => string,
  ): void {
    const fields = fieldsOf(text, map);
    const reason = typeof fields === "string" ? fields : this.#put(file, line, fields);
    if (reason !== undefined) {
      this.#setAside++;
      if (this.#first.length < MOST_TOLD) this.#first.push({ file, line, reason });
      return;
    }
    const { previous } = fields as Fields;
    if (previous !== undefined && before !== undefined) {
      this.#chained++;
      if (previous !== hash(before)) this.#broken.push(this.#count - 1);
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
    if (this.#count === this.#columns.line.length) this.#grow();
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

function split(digits: string): readonly [high: number, low: number] {
  return [Number(digits.slice(0, -15)), Number(digits.slice(-15))];
}

function quoted(value: unknown): string {
  return value === undefined ? "none" : (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
