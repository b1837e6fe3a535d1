import { DAY_MS, there } from "@standstill/record";
import { IndicatorError } from "../error.ts";
import type { DatedValue } from "./doubling.ts";

/** A model's horizon at the day it came out. Minutes. */
export interface HorizonPoint {
  readonly alias: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly p50Minutes: number;
  readonly p80Minutes: number | undefined;
  /** 95 % interval of the horizon at one half. */
  readonly interval: { readonly low: number; readonly high: number } | undefined;
}

const NAMES = {
  alias: ["alias", "model", "name"],
  released: ["released", "release_date", "releaseDate", "date"],
  p50: ["p50Minutes", "p50_minutes", "p50"],
  p80: ["p80Minutes", "p80_minutes", "p80"],
  low: ["low", "p50Low", "ci_low"],
  high: ["high", "p50High", "ci_high"],
} as const;

/**
 * Reads horizons: what `indicators horizon --json` prints, an array of such, one a line, or a table with a head and commas. Each needs a
 * name, the day the model came out, and the horizon at one half in minutes; models without a horizon are passed over and told.
 *
 * @throws IndicatorError where a column is missing or a value is out of range
 */
export function parseHorizons(text: string): {
  readonly points: readonly HorizonPoint[];
  readonly without: readonly string[];
} {
  const points: HorizonPoint[] = [];
  const without: string[] = [];
  const days = new Map<string, number>();
  for (const [i, row] of rowsIn(text).entries()) {
    const place = `horizon ${i + 1}`;
    const alias = field(row, "alias");
    const released = field(row, "released");
    const isNone = NAMES.p50.some((name) => row[name] === null);
    if (typeof alias !== "string" || (typeof released !== "string" && !isNone)) {
      throw new IndicatorError(
        "missing-column",
        `expected alias and released (a day as 2026-02-05), got ${Object.keys(row).slice(0, 10).join(", ")}`,
        place,
      );
    }
    if (isNone) {
      without.push(alias);
      continue;
    }
    const day = Date.parse(`${released}T00:00:00.000Z`) / DAY_MS;
    const p50 = Number(field(row, "p50"));
    if (!Number.isInteger(day))
      throw new IndicatorError(
        "malformed-data",
        `expected a day as 2026-02-05, got ${String(released)}`,
        place,
      );
    if (!(p50 > 0 && Number.isFinite(p50)))
      throw new IndicatorError(
        "out-of-range",
        `expected p50Minutes above 0, got ${String(field(row, "p50"))}`,
        place,
      );
    if (days.has(alias))
      throw new IndicatorError("malformed-data", `expected ${alias} once, got it twice`, place);
    days.set(alias, day);
    points.push({
      alias,
      day,
      p50Minutes: p50,
      p80Minutes: positive(field(row, "p80")),
      interval: intervalOf(row),
    });
  }
  return { points, without };
}

type Row = Readonly<Record<string, unknown>>;

function field(row: Row, name: keyof typeof NAMES): unknown {
  for (const one of NAMES[name]) if (row[one] !== undefined && row[one] !== "") return row[one];
  return undefined;
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return value !== undefined && value !== null && number > 0 && Number.isFinite(number)
    ? number
    : undefined;
}

function intervalOf(row: Row): HorizonPoint["interval"] {
  const from =
    typeof row.interval === "object" && row.interval !== null ? (row.interval as Row) : row;
  const [low, high] = Array.isArray(from)
    ? from.map(positive)
    : [positive(field(from, "low")), positive(field(from, "high"))];
  return low !== undefined && high !== undefined && low <= high ? { low, high } : undefined;
}

const MOST_ROWS = 100_000;

function rowsIn(text: string): Row[] {
  const trimmed = text.trim();
  const rows =
    trimmed.startsWith("[") || trimmed.startsWith("{") ? jsonRows(trimmed) : tableRows(trimmed);
  if (rows.length > MOST_ROWS)
    throw new IndicatorError(
      "too-large",
      `expected at most ${MOST_ROWS} horizons, got ${rows.length}`,
    );
  if (rows.every((row) => typeof row === "object" && row !== null)) return rows as Row[];
  throw new IndicatorError(
    "malformed-data",
    "expected an object for each horizon, got something else",
  );
}

function jsonRows(text: string): unknown[] {
  const whole = parsed(text);
  if (Array.isArray(whole)) return whole;
  const list = (whole as Row | undefined)?.horizons;
  if (Array.isArray(list)) return list;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return lines.map((line, i) => {
    const row = parsed(line);
    if (row === undefined)
      throw new IndicatorError(
        "malformed-data",
        "expected JSON with horizons, or an object a line, got something else",
        `line ${i + 1}`,
      );
    return row;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever asks says which line it is.
    return undefined;
  }
}

function tableRows(text: string): Row[] {
  const [head, ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const names = (head ?? "").split(",").map((name) => name.trim());
  return lines.map((line, i) => {
    const cells = line.split(",");
    if (cells.length !== names.length)
      throw new IndicatorError(
        "malformed-data",
        `expected ${names.length} columns, got ${cells.length}`,
        `line ${i + 2}`,
      );
    return Object.fromEntries(names.map((name, k) => [name, there(cells[k]).trim()]));
  });
}

/** Points as the trend takes them. */
export function valuesOf(
  points: readonly HorizonPoint[],
  at: "p50" | "p80",
): (DatedValue & HorizonPoint)[] {
  return points.flatMap((point) => {
    const value = at === "p50" ? point.p50Minutes : point.p80Minutes;
    return value === undefined ? [] : [{ ...point, value }];
  });
}
