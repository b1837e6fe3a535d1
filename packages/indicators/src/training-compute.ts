import { DAY_MS, there } from "@standstill/record";
import { IndicatorError } from "./error.ts";
import { type DatedValue, doublingOf, frontierOf } from "./trend/doubling.ts";

const MOST_LINES = 100_000;

/** A training run of the published table. */
export interface PublishedRun extends DatedValue {
  readonly model: string;
}

/** What a measurement found. Days are in thousandths, so that they are whole numbers. */
export interface Measured {
  readonly doublingMillidays: number;
  readonly fastestMillidays: number;
  /** `null` where the interval has no upper end. */
  readonly slowestMillidays: number | null;
  readonly points: number;
  readonly newest: string;
}

/** Rows of `date,flop,model`: day, FLOP of the training run, name. An error names the line. */
export function parseTrainingCompute(text: string): PublishedRun[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  if (lines[0] !== "date,flop,model" || lines.length > MOST_LINES) {
    throw new IndicatorError(
      "malformed-data",
      'expected the columns "date,flop,model", got others',
      "line 1",
    );
  }
  return lines.slice(1).map((line, i) => {
    const match = /^(\d{4}-\d\d-\d\d),([1-9][0-9]{0,39}),([^,]+)$/.exec(line);
    const day = match === null ? Number.NaN : Date.parse(`${match[1]}T00:00:00.000Z`) / DAY_MS;
    if (match === null || !Number.isFinite(day)) {
      throw new IndicatorError(
        "malformed-data",
        "expected a day, whole FLOP and a name, got something else",
        `line ${i + 2}`,
      );
    }
    const [, , value = "", model = ""] = match;
    return { day, value: Number(value), model };
  });
}

/** How fast the compute of the largest published training runs doubles, from a day on. */
export function measureTrainingCompute(text: string, from: string): Measured {
  const first = Date.parse(`${from}T00:00:00.000Z`) / DAY_MS;
  const frontier = frontierOf(parseTrainingCompute(text).filter(({ day }) => day >= first));
  const { days, fastest, slowest, points } = doublingOf(frontier);
  const millidays = (value: number) => Math.round(value * 1000);
  return {
    doublingMillidays: millidays(days),
    fastestMillidays: millidays(fastest),
    slowestMillidays: Number.isFinite(slowest) ? millidays(slowest) : null,
    points,
    newest: new Date(there(frontier.at(-1)).day * DAY_MS).toISOString().slice(0, 10),
  };
}
