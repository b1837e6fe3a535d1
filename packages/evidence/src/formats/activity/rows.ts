import { EvidenceError } from "../../error.ts";
import { ACTIVITIES } from "./activity-log.ts";
import {
  type ActivityTable,
  COLUMN_NAMES,
  columnsOf,
  FIELDS,
  firstRows,
  NO_NUMBER,
  NO_TEXT,
  TEXT_COLUMNS,
} from "./columns.ts";
import { type Fields, fieldsOf, flopOf, quoted, tooLong } from "./fields.ts";
import { Interned } from "./interned.ts";
import { Layouts } from "./layouts.ts";
import { ACTIVITY_INDEX, OTHER } from "./values.ts";

/** Records as they come, in columns. */
export class Rows {
  readonly #files: readonly string[];
  readonly #map: readonly (readonly [string, string])[];
  readonly #hash: (line: Uint8Array) => string;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  readonly #interned = new Interned();
  readonly #first: { file: number; line: number; reason: string }[] = [];
  readonly #broken: number[] = [];
  #columns = columnsOf(1024);
  readonly #layouts = new Layouts(this.#interned, this.#columns);
  /** The line before in the file. */
  #before: Uint8Array | undefined;
  #beforeFrom = 0;
  #beforeEnd = 0;
  readonly #unknown = new Set<string>();
  readonly #activities = new Map<string, number>();
  #setAside = 0;
  #chained = 0;
  #count = 0;

  constructor(
    files: readonly string[],
    map: readonly (readonly [string, string])[],
    hash: (line: Uint8Array) => string,
  ) {
    this.#files = files;
    this.#map = map;
    this.#hash = hash;
  }

  /** Begins a file: its first line names none before it, unless part of the file was read before. */
  begin(before?: Uint8Array): void {
    this.#before = before;
    this.#beforeFrom = 0;
    this.#beforeEnd = before?.length ?? 0;
  }

  /** Adds the line between two places of some bytes, as a record or as a line that is set aside. */
  add(file: number, line: number, content: Uint8Array, from: number, end: number): void {
    if (this.#count === this.#columns.line.length) this.#grow();
    const { texts, lists } = this.#interned;
    const [textsBefore, listsBefore] = [texts.size, lists.length];
    const previous = this.#layouts.write(this.#count, content, from, end);
    if (previous !== undefined) {
      this.#columns.file[this.#count] = file;
      this.#columns.line[this.#count] = line;
      this.#count++;
      this.#chain(previous ?? undefined);
    } else {
      // Numbers must not depend on what was tried: a part of a log is numbered as the whole is.
      this.#interned.keep(textsBefore, listsBefore);
      const text = this.#textOf(content, from, end);
      if (text?.trim() === "") return;
      const count = this.#count;
      this.#parse(file, line, text);
      if (this.#count === count) this.#interned.keep(textsBefore, listsBefore);
    }
    this.#before = content;
    this.#beforeFrom = from;
    this.#beforeEnd = end;
  }

  #parse(file: number, line: number, text: string | undefined): void {
    const reason =
      text === undefined ? "expected UTF-8, got other bytes" : this.#parseText(file, line, text);
    if (reason !== undefined) this.#tell(file, line, reason);
  }

  /** Sets a line aside that is too long to be kept. Whether the next line names it is not asked: nobody has hashed it. */
  setAside(file: number, line: number): void {
    this.#tell(file, line, tooLong);
    this.#before = undefined;
  }

  #tell(file: number, line: number, reason: string): void {
    this.#setAside++;
    if (this.#first.length < MOST_TOLD) this.#first.push({ file, line, reason });
  }

  /** Adds a line as a record, or tells why it is none. */
  #parseText(file: number, line: number, text: string): string | undefined {
    const fields = fieldsOf(text, this.#map);
    if (typeof fields === "string") return fields;
    const reason = this.#put(file, line, fields);
    if (reason !== undefined) return reason;
    this.#chain(fields.previous);
    if (this.#map.length === 0) this.#layouts.learn(text);
    return undefined;
  }

  #textOf(content: Uint8Array, from: number, end: number): string | undefined {
    try {
      return this.#decoder.decode(content.subarray(from, end));
    } catch {
      // Bytes that are no UTF-8 are told by their absence.
      return undefined;
    }
  }

  #chain(previous: unknown): void {
    if (previous === undefined || this.#before === undefined) return;
    const line = this.#before.subarray(this.#beforeFrom, this.#beforeEnd);
    this.#chained++;
    if (previous !== this.#hash(line)) this.#broken.push(this.#count - 1);
  }

  /** What was added. */
  table(mostTold = MOST_TOLD): ActivityTable {
    return {
      ...firstRows(this.#columns, this.#count),
      count: this.#count,
      texts: this.#interned.texts,
      files: this.#files,
      lists: this.#interned.lists,
      setAside: { count: this.#setAside, first: this.#first },
      unknownFields: [...this.#unknown].sort().slice(0, mostTold),
      otherActivities: [...this.#activities].slice(0, mostTold),
      chained: this.#chained,
      broken: this.#broken,
    };
  }

  /** Puts a record into the columns, or tells why it is none; a row that was begun is then written over. */
  #put(file: number, line: number, fields: Fields): string | undefined {
    const columns = this.#columns;
    const row = this.#count;
    for (const name in fields) if (!FIELDS.has(name)) this.#unknown.add(name);
    // Idle devices work on nothing.
    const workload = fields.activity === "idle" ? "idle" : undefined;
    for (const name of TEXT_COLUMNS) {
      const value = fields[name] ?? (name === "workload" ? workload : undefined);
      if (value === undefined) {
        if (name === "device" || name === "workload") return `${name}: expected a text, got none`;
        columns[name][row] = NO_TEXT;
      } else {
        if (typeof value !== "string" || value === "" || value.length > 200) {
          return `${name}: expected a text of 1 to 200 characters, got ${quoted(value)}`;
        }
        columns[name][row] = this.#interned.texts.number(value);
      }
    }
    const [start, end] = [this.#interned.instant(fields.start), this.#interned.instant(fields.end)];
    if (start === undefined || end === undefined) {
      return `start, end: expected times as 2026-11-21T20:00:00.000Z, got ${quoted(fields.start)} and ${quoted(fields.end)}`;
    }
    if (start >= end)
      return `expected a window that ends after it starts, got ${quoted(fields.start)} to ${quoted(fields.end)}`;
    const { activity: told } = fields;
    if (typeof told !== "string" || told === "" || told.length > 200) {
      return `activity: expected one of ${ACTIVITIES.join(", ")}, got ${quoted(told)}`;
    }
    // What nobody agreed a name for is none of the others.
    const activity = ACTIVITY_INDEX.get(told) ?? OTHER;
    if (!ACTIVITY_INDEX.has(told)) {
      this.#activities.set(told, (this.#activities.get(told) ?? 0) + 1);
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
      const list = this.#interned.list(fields[name]);
      if (list === undefined)
        return `${name}: expected a list of at most 1000 texts, got ${quoted(fields[name])}`;
      columns[name][row] = list;
    }
    const { note = "" } = fields;
    if (typeof note !== "string" || note.length > 2000) {
      return `note: expected a text of at most 2000 characters, got ${quoted(note)}`;
    }
    if (fields.previous !== undefined && typeof fields.previous !== "string") {
      return `previous: expected a SHA-256, got ${quoted(fields.previous)}`;
    }
    columns.note[row] = note.trim() === "" ? 0 : 1;
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

  #grow(): void {
    const rows = this.#columns.line.length * 2;
    if (this.#count >= MOST_RECORDS) {
      throw new EvidenceError(
        "limit-exceeded",
        `expected at most ${MOST_RECORDS} records, got more`,
      );
    }
    const next = columnsOf(rows);
    for (const name of COLUMN_NAMES) next[name].set(this.#columns[name]);
    this.#columns = next;
    this.#layouts.use(next);
  }
}

const MOST_RECORDS = 50_000_000;
/** Faults, fields and activities that a table tells; more are counted, or left out. */
export const MOST_TOLD = 100;
