import { there } from "@standstill/record";
import { EvidenceError } from "../../error.ts";
import { deviceName } from "../../telemetry/feeds/feed-map.ts";
import type { Receiver } from "../../telemetry/feeds/receiver.ts";
import { QUANTITIES, type Quantity } from "../../telemetry/readings/quantities.ts";
import { type TimeFault, timeReader } from "../local-time.ts";
import type { TableMap } from "./table-map.ts";

/** What stands in a cell: text of a CSV file, or what a column of Parquet holds. */
export type Cell = string | number | bigint | Date | null | undefined;

/** Cells that say that there is no value. */
const BLANK = new Set(["", "N/A", "[N/A]", "[Not Supported]", "[Unknown Error]", "NaN", "null"]);
/** A unit that some programs write into the cell, as in `117.30 W`. */
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:\s*[A-Za-z%/°]+)?$/;

interface Value {
  readonly index: number | undefined;
  readonly quantity: Quantity;
  readonly scale: number;
  readonly isAmount: boolean;
}

/** Where a table's rows become readings, whatever file they come from. */
export class TableRows {
  /** Columns that are wanted, by their places in the table. */
  readonly columns: readonly number[];
  readonly #receiver: Receiver;
  readonly #width: number;
  readonly #time: number;
  readonly #timeOf: (cell: Cell) => number | TimeFault;
  readonly #device: number | undefined;
  readonly #only: string | undefined;
  readonly #values: readonly Value[];
  readonly #series = new Map<Cell, readonly number[] | undefined>();
  readonly #amounts = new Map<string, [series: number, timeMs: number, sum: number]>();
  #lastTime: { readonly cell: Cell; readonly at: number | TimeFault } | undefined;

  /** Refuses (`malformed-file`) a table that lacks a column that the map names. */
  constructor(map: TableMap, names: readonly string[], receiver: Receiver) {
    const column = (name: string): number => {
      const index = names.indexOf(name);
      if (index >= 0) return index;
      const message = `expected a column ${JSON.stringify(name)}, got ${names.map((one) => JSON.stringify(one)).join(", ")}`;
      throw new EvidenceError("malformed-file", message, { place: "line 1" });
    };
    this.#receiver = receiver;
    this.#width = names.length;
    this.#time = column(map.time.column);
    this.#timeOf = timesOf(map);
    this.#device = "column" in map.device ? column(map.device.column) : undefined;
    this.#only = "name" in map.device ? deviceName(map.device.name) : undefined;
    const there = map.readings.filter(
      ({ column: name, optional }) => name === undefined || !optional || names.includes(name),
    );
    this.#values = (there.length === 0 ? map.readings : there).map((reading) => ({
      index: reading.column === undefined ? undefined : column(reading.column),
      quantity: reading.quantity,
      scale: reading.scale,
      isAmount: QUANTITIES[reading.quantity].kind === "amount",
    }));
    this.columns = [this.#time, this.#device, ...this.#values.map(({ index }) => index)].filter(
      (index) => index !== undefined,
    );
  }

  /** Takes a row in, or sets it aside with its line. */
  add(line: number, cells: readonly Cell[]): void {
    const where = () => `line ${line}: ${cells.map(String).join(",").slice(0, 120)}`;
    const values = this.#values;
    const series = this.#seriesOf(this.#device === undefined ? null : cells[this.#device]);
    const at = this.#instant(cells[this.#time]);
    if (cells.length !== this.#width || series === undefined || at === "malformed") {
      this.#receiver.quarantine.add("malformed", where, values.length);
      return;
    }
    if (at === "time-ambiguous") {
      this.#receiver.quarantine.add("time-ambiguous", where, values.length);
      return;
    }
    for (let i = 0; i < values.length; i++) {
      const { index, isAmount } = there(values[i]);
      const value = index === undefined ? 1 : numberOf(cells[index]);
      if (typeof value === "string") this.#receiver.quarantine.add(value, where);
      else if (isAmount) this.#addAmount(there(series[i]), at, value);
      else this.#receiver.add(there(series[i]), at, value);
    }
  }

  /** Takes in what could be told only at the end: the store keeps one reading of an instant, so amounts of one are added up. */
  end(): void {
    for (const amount of this.#amounts.values()) this.#receiver.add(...amount);
    this.#amounts.clear();
  }

  #addAmount(series: number, at: number, value: number): void {
    const key = `${series} ${at}`;
    const known = this.#amounts.get(key);
    if (known === undefined) this.#amounts.set(key, [series, at, value]);
    else known[2] += value;
  }

  #instant(cell: Cell): number | TimeFault {
    const last = this.#lastTime;
    if (last !== undefined && last.cell === cell) return last.at;
    const at = this.#timeOf(cell);
    this.#lastTime = { cell, at };
    return at;
  }

  #seriesOf(cell: Cell): readonly number[] | undefined {
    const known = this.#series.get(cell);
    if (known !== undefined || this.#series.has(cell)) return known;
    const device = cell === null ? this.#only : deviceName(String(cell ?? ""));
    const found =
      device === undefined
        ? undefined
        : this.#values.map(({ quantity, scale }) =>
            this.#receiver.series({ device, quantity }, scale),
          );
    this.#series.set(cell, found);
    return found;
  }
}

function numberOf(cell: Cell): number | "blank" | "malformed" {
  if (typeof cell === "number") return cell;
  if (typeof cell === "bigint") return Number(cell);
  if (cell === null || cell === undefined) return "blank";
  if (typeof cell !== "string") return "malformed";
  if (isPlain(cell)) {
    const value = Number(cell);
    if (!Number.isNaN(value)) return value;
  }
  const text = cell.trim();
  const number = NUMBER.exec(text)?.[1];
  if (number !== undefined) return Number(number);
  return BLANK.has(text) ? "blank" : "malformed";
}

/** Begins with two digits or with one and a point: most cells do, and are no hexadecimal or other spelling of a number. */
function isPlain(cell: string): boolean {
  const [first, second] = [cell.charCodeAt(0), cell.charCodeAt(1)];
  return first >= 48 && first <= 57 && (Number.isNaN(second) || (second >= 46 && second <= 57));
}

function timesOf({ time }: TableMap): (cell: Cell) => number | TimeFault {
  if (time.unit === "text") {
    const read = timeReader(time.zone ?? "UTC");
    return (cell) => (cell instanceof Date ? instantOf(cell) : read(String(cell ?? "")));
  }
  const perMs = { s: 1 / 1000, ms: 1, ns: 1_000_000 }[time.unit];
  return (cell) => {
    if (cell instanceof Date) return instantOf(cell);
    if (typeof cell === "bigint" && perMs >= 1) return Number(cell / BigInt(perMs));
    const number = numberOf(cell);
    if (typeof number === "string" || !Number.isFinite(number)) return "malformed";
    return Math.floor(number / perMs);
  };
}

function instantOf(date: Date): number | TimeFault {
  const at = date.getTime();
  return Number.isFinite(at) ? Math.floor(at) : "malformed";
}
