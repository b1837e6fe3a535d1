import { parse } from "csv-parse/sync";
import { z } from "zod";
import { EvidenceError } from "../error.ts";
import { deviceName } from "../intake/feed-map.ts";
import type { Intake } from "../intake/intake.ts";
import { isQuantity, QUANTITIES, type Quantity } from "../intake/quantities.ts";
import { timeReader } from "./local-time.ts";

const MOST_ROWS = 5_000_000;

/** How a table of somebody's own becomes readings. */
export const tableMapSchema = z.strictObject({
  /** Between two cells; a comma if not given. */
  delimiter: z.string().length(1).optional(),
  time: z.strictObject({
    column: z.string().min(1),
    /** `text` as 2026-11-21 21:04:36, or a number of seconds, milliseconds or nanoseconds since 1970. */
    unit: z.enum(["text", "s", "ms", "ns"]),
    /** Of times that say no offset: UTC, +08:00 or Europe/Berlin. */
    zone: z.string().optional(),
  }),
  /** The column that names the device, or the one device that the table is of. */
  device: z.union([
    z.strictObject({ column: z.string().min(1) }),
    z.strictObject({ name: z.string().min(1) }),
  ]),
  readings: z
    .array(
      z.strictObject({
        /** Where the value stands; without one each row counts as one. */
        column: z.string().min(1).optional(),
        quantity: z.string().refine(isQuantity, "expected a known quantity"),
        /** What one in the table is in units of the quantity. */
        scale: z.number().positive(),
      }),
    )
    .min(1)
    .readonly(),
});
/** How a table becomes readings. */
export type TableMap = z.infer<typeof tableMapSchema>;

/** Cells that say that there is no value. */
const BLANK = new Set(["", "N/A", "[N/A]", "[Not Supported]", "[Unknown Error]", "NaN", "null"]);
/** A unit that some programs write into the cell, as in `117.30 W`. */
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?:\s*[A-Za-z%/°]+)?$/;

/**
 * Takes a table with a line of names in: a meter's export, requests of a serving system, or another's. A row that is not what
 * the names say is set aside with its line; the others are kept.
 *
 * @returns how many rows there were
 */
export function readTable(text: string, map: TableMap, intake: Intake): number {
  const rows = rowsOf(text, map.delimiter ?? ",");
  const names = (rows[0] ?? []).map((name) => name.trim());
  const column = (name: string): number => {
    const index = names.indexOf(name);
    if (index >= 0) return index;
    const message = `expected a column ${JSON.stringify(name)}, got ${names.map((one) => JSON.stringify(one)).join(", ")}`;
    throw new EvidenceError("malformed-file", message, { place: "line 1" });
  };
  const time = column(map.time.column);
  const timeOf = timesOf(map);
  const device = "column" in map.device ? column(map.device.column) : undefined;
  const only = "name" in map.device ? deviceName(map.device.name) : undefined;
  const values = map.readings.map(({ column: name, quantity, scale }) => ({
    index: name === undefined ? undefined : column(name),
    quantity: quantity as Quantity,
    scale,
  }));
  const amounts = new Map<string, readonly [series: number, timeMs: number, sum: number]>();
  for (let i = 1; i < rows.length; i++) {
    const cells = rows[i] as string[];
    const where = () => `line ${i + 1}: ${cells.join(",").slice(0, 120)}`;
    const name = device === undefined ? only : deviceName(cells[device] ?? "");
    const at = timeOf(cells[time] ?? "");
    if (cells.length !== names.length || name === undefined || at === "malformed") {
      intake.quarantine.add("malformed", where, values.length);
    } else if (at === "time-ambiguous") {
      intake.quarantine.add("time-ambiguous", where, values.length);
    } else {
      for (const { index, quantity, scale } of values) {
        const series = intake.series({ device: name, quantity }, scale);
        const cell = index === undefined ? "1" : (cells[index] as string).trim();
        const number = NUMBER.exec(cell)?.[1];
        if (number !== undefined && QUANTITIES[quantity].kind === "amount") {
          // Of readings at one instant the store keeps one: amounts of one instant are one reading.
          const key = `${series} ${at}`;
          amounts.set(key, [series, at, (amounts.get(key)?.[2] ?? 0) + Number(number)]);
        } else if (number !== undefined) intake.add(series, at, Number(number));
        else intake.quarantine.add(BLANK.has(cell) ? "blank" : "malformed", where);
      }
    }
  }
  for (const amount of amounts.values()) intake.add(...amount);
  return Math.max(0, rows.length - 1);
}

function timesOf({ time }: TableMap): ReturnType<typeof timeReader> {
  if (time.unit === "text") return timeReader(time.zone ?? "UTC");
  const perMs = { s: 1 / 1000, ms: 1, ns: 1_000_000 }[time.unit];
  return (cell) => {
    const number = NUMBER.exec(cell.trim())?.[1];
    return number === undefined ? "malformed" : Math.floor(Number(number) / perMs);
  };
}

function rowsOf(text: string, delimiter: string): string[][] {
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MOST_ROWS + 1,
      max_record_size: 1 << 20,
    }) as string[][];
    if (rows.length <= MOST_ROWS) return rows;
  } catch (cause) {
    const message = `expected a table, got: ${(cause as Error).message.split("\n")[0]}`;
    throw new EvidenceError("malformed-file", message, { cause });
  }
  throw new EvidenceError("limit-exceeded", `expected at most ${MOST_ROWS} rows, got more`);
}
