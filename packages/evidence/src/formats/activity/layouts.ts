import { there, utf8 } from "@standstill/record";
import { endOfValue, hasEscape, instantAt, wholeAt } from "./bytes.ts";
import { COLUMN_NAMES, type Columns, FIELDS, NO_NUMBER } from "./columns.ts";
import { flopOf, MOST_LINE } from "./fields.ts";
import type { Interned } from "./interned.ts";
import { patternOf } from "./line.ts";
import { ACTIVITY_INDEX } from "./values.ts";

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
  /** That line, from a place of some bytes on. */
  line: Uint8Array;
  base: number;
  length: number;
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
type Column = Columns[keyof Columns];

const MOST_LAYOUTS = 16;

/** Layouts that lines had: a line of one of them is read without being parsed. */
export class Layouts {
  readonly #layouts: Known[] = [];
  readonly #interned: Interned;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #columns: Columns;
  /** Second part of the FLOP that were read last. */
  #rest = 0;

  constructor(interned: Interned, columns: Columns) {
    this.#interned = interned;
    this.#columns = columns;
  }

  /** Writes to other columns from now on. */
  use(columns: Columns): void {
    this.#columns = columns;
    for (const layout of this.#layouts) this.#aim(layout);
  }

  /** Notes how a line is laid out that was a record, the last one. */
  learn(text: string): void {
    const pattern = this.#layouts.length < MOST_LAYOUTS ? patternOf(text) : undefined;
    if (pattern === undefined || !pattern.keys.includes("workload")) return;
    const { keys, between } = pattern;
    const fields = keys.length;
    const layout: Known = {
      keys,
      targets: [],
      absent: [],
      line: utf8(text),
      base: 0,
      rest: 0,
      length: utf8(text).length,
      flop: keys.indexOf("flop"),
      previous: keys.indexOf("previous"),
      starts: new Int32Array(fields),
      stops: new Int32Array(fields),
      nextStarts: new Int32Array(fields),
      nextStops: new Int32Array(fields),
      values: new Float64Array(fields),
      nextValues: new Float64Array(fields),
    };
    let at = 0;
    for (let k = 0; k < fields; k++) {
      at += utf8(there(between[k])).length;
      const stop = endOfValue(layout.line, at, layout.length);
      const value = stop === at ? undefined : this.#read(there(keys[k]), layout.line, at, stop);
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
    // Where a line lies is no field, and how it hangs together is looked at elsewhere.
    const columnOf = new Map<string, Column>([
      ...COLUMN_NAMES.filter((name) => FIELDS.has(name)).map(
        (name) => [name, columns[name]] as const,
      ),
      ["flop", columns.flopHigh],
      ["start", columns.startMs],
      ["end", columns.endMs],
    ]);
    layout.targets = layout.keys.map((key) => columnOf.get(key));
    layout.absent = [...FIELDS]
      .filter((name) => name !== "previous" && !layout.keys.includes(name))
      .map((name) => {
        const isCount = name === "note" || name === "parents" || name === "dataSources";
        return { column: there(columnOf.get(name)), value: isCount ? 0 : NO_NUMBER };
      });
  }

  /**
   * Writes a line that is laid out as one before into a row; nothing where it is not, or anything in it must be looked at in full.
   *
   * @returns the hash of the line before as the line tells it, `null` where it tells none
   */
  write(row: number, content: Uint8Array, from: number, end: number): string | null | undefined {
    if (end - from > MOST_LINE) return undefined;
    for (let i = 0; i < this.#layouts.length; i++) {
      const layout = there(this.#layouts[i]);
      if (!this.#scan(layout, content, from, end)) continue;
      if (i > 0) {
        this.#layouts.splice(i, 1);
        this.#layouts.unshift(layout);
      }
      const { startMs, endMs, flopLow } = this.#columns;
      const { targets, values, absent } = layout;
      for (let k = 0; k < targets.length; k++) {
        const column = targets[k];
        if (column !== undefined) column[row] = there(values[k]);
      }
      for (let k = 0; k < absent.length; k++) {
        const { column, value } = there(absent[k]);
        column[row] = value;
      }
      flopLow[row] = layout.flop < 0 ? 0 : layout.rest;
      if (there(startMs[row]) >= there(endMs[row])) return undefined;
      const { previous, starts, stops } = layout;
      if (previous < 0) return null;
      const at = layout.base + there(starts[previous]) + 1;
      const stop = layout.base + there(stops[previous]) - 1;
      return this.#decoder.decode(layout.line.subarray(at, stop));
    }
    return undefined;
  }

  /** Compares a line with the last of a layout, and reads what differs. Only where all of it fits does the layout take it over. */
  #scan(layout: Known, content: Uint8Array, from: number, end: number): boolean {
    const { line, base, length, starts, stops, values, keys } = layout;
    const { nextStarts, nextStops, nextValues } = layout;
    // From a place in that line to the same in this one.
    let shift = from - base;
    let before = base;
    let rest = layout.rest;
    for (let k = 0; k < keys.length; k++) {
      const start = base + there(starts[k]);
      const stop = base + there(stops[k]);
      let i = before;
      // One byte more, so that a number that goes on is no match.
      while (i <= stop && content[i + shift] === line[i]) i++;
      before = stop;
      nextStarts[k] = start + shift - from;
      if (i > stop) {
        nextValues[k] = there(values[k]);
        nextStops[k] = stop + shift - from;
        continue;
      }
      if (i < start) return false;
      const at = start + shift;
      const next = endOfValue(content, at, end);
      const value = next === at ? undefined : this.#read(there(keys[k]), content, at, next);
      if (value === undefined) return false;
      if (k === layout.flop) rest = this.#rest;
      nextValues[k] = value;
      nextStops[k] = next - from;
      shift = next - stop;
    }
    if (base + length + shift !== end) return false;
    for (let i = before; i < base + length; i++) if (content[i + shift] !== line[i]) return false;
    layout.starts = nextStarts;
    layout.stops = nextStops;
    layout.values = nextValues;
    layout.nextStarts = starts;
    layout.nextStops = stops;
    layout.nextValues = values;
    layout.rest = rest;
    layout.line = content;
    layout.base = from;
    layout.length = end - from;
    return true;
  }

  /** A field's value as a number; nothing where it is none that can be taken as it stands. */
  #read(key: string, content: Uint8Array, at: number, stop: number): number | undefined {
    const first = content[at];
    const isText = first === 34;
    // What differs in every line is read from its bytes where it is written as usual.
    if (key === "flop" && isText) {
      const digits = stop - at - 2;
      const low = wholeAt(content, Math.max(at + 1, stop - 16), stop - 1);
      const high = digits > 15 ? wholeAt(content, at + 1, stop - 16) : 0;
      const isPlain = digits === 1 || content[at + 1] !== 48;
      if (isPlain && digits > 0 && digits <= 30 && low !== undefined && high !== undefined) {
        this.#rest = low;
        return high;
      }
      return undefined;
    }
    if (isText && (key === "start" || key === "end")) {
      const found = instantAt(content, at + 1, stop - 1);
      if (found !== undefined) return found;
    }
    if (first !== 91 && !isText && stop - at <= 15 && key !== "flop") {
      const isCount = key === "tokens" || key === "batchSize" || key === "sequenceLength";
      if (isCount) return wholeAt(content, at, stop);
      return FIELDS.has(key) ? undefined : 0;
    }
    if (isText && hasEscape(content, at, stop)) return undefined;
    const text = this.#textOf(content, isText ? at + 1 : at, isText ? stop - 1 : stop);
    if (text === undefined || (isText && /\p{Cc}/u.test(text))) return undefined;
    if (key === "flop") {
      const flop = flopOf(Number(text));
      this.#rest = flop?.[1] ?? 0;
      return flop?.[0];
    }
    if (key === "start" || key === "end") return isText ? this.#interned.instant(text) : undefined;
    if (key === "activity") return isText ? ACTIVITY_INDEX.get(text) : undefined;
    if (key === "tokens" || key === "batchSize" || key === "sequenceLength") return undefined;
    if (key === "parents" || key === "dataSources")
      return first === 91 ? this.#listIn(text) : undefined;
    if (key === "note")
      return isText && text.length <= 2000 ? Number(text.trim() !== "") : undefined;
    if (key === "previous") return isText ? 0 : undefined;
    if (!FIELDS.has(key)) return 0;
    if (!isText || text === "" || text.length > 200) return undefined;
    return this.#interned.texts.number(text);
  }

  #listIn(text: string): number | undefined {
    try {
      return this.#interned.list(JSON.parse(text));
    } catch {
      // A line with anything odd in it is read in full, which says what is wrong.
      return undefined;
    }
  }

  #textOf(content: Uint8Array, from: number, end: number): string | undefined {
    try {
      return this.#decoder.decode(content.subarray(from, end));
    } catch {
      // A line with anything odd in it is read in full, which says what is wrong.
      return undefined;
    }
  }
}
