import {
  backTest,
  dayOfProbability,
  doublingFindings,
  type Forecaster,
  forecastFrom,
  frontierPoints,
  type HorizonTrend,
  horizonDoubling,
  parseHorizons,
} from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { EXIT } from "../../exit-codes.ts";
import { readUnpacked } from "../../files.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import { minutes } from "./horizon.ts";

/** Options of `standstill indicators doubling`. */
export interface DoublingOptions {
  readonly horizons?: string;
  readonly from?: string;
  readonly at: "p50" | "p80";
  readonly limitMinutes: number;
  readonly frontier: "window" | "all-time";
  readonly bootstrap: number;
  readonly seed: number;
  readonly json: boolean;
}

const DAY_MS = 86_400_000;

/** `standstill indicators doubling`: how fast the longest horizons of their time double. */
export async function doublingCommand(
  options: DoublingOptions,
  terminal: Terminal,
): Promise<number> {
  const { points, without } = await pointsIn(options.horizons);
  const trend = trendOf(options);
  const found = horizonDoubling(points, trend);
  const answer = {
    from: options.from ?? null,
    at: options.at,
    frontier: options.frontier,
    suiteLimitMinutes: options.limitMinutes,
    ...found,
    without,
  };
  terminal.out(
    options.json ? json({ ...answer, indicators: doublingFindings(found) }) : describe(answer),
  );
  return EXIT.ok;
}

/** Horizons in a file that an option names. */
async function pointsIn(path: string | undefined) {
  if (path === undefined) {
    throw new UsageError(
      "expected --horizons with a file, got none",
      "Give what indicators horizon --json printed, or a table with alias, released and p50Minutes.",
    );
  }
  return parseHorizons(textOf(await readUnpacked(path)));
}

function trendOf(options: Omit<DoublingOptions, "json" | "horizons">): HorizonTrend {
  return {
    fromDay: options.from === undefined ? undefined : dayOf(options.from),
    at: options.at,
    limitMinutes: options.limitMinutes,
    frontier: options.frontier,
    replicates: options.bootstrap,
    seed: options.seed,
  };
}

type Answer = ReturnType<typeof horizonDoubling> & {
  readonly from: string | null;
  readonly without: readonly string[];
};

function describe({ from, without, ...found }: Answer): string {
  const days = (value: number | null) => (value === null ? "no end" : `${value.toFixed(1)} days`);
  const { scatterInterval: scatter, measurementInterval: errors, beyondSuite } = found;
  return [
    `Horizons double in ${days(found.doublingDays)}${from === null ? "" : ` (models from ${from} on)`}, by ${found.points.length} models that were the best of their time.`,
    `95 % by the scatter about the line: ${days(scatter.low)} to ${days(scatter.high)}.`,
    errors === null
      ? "95 % by the errors of the horizons: not known, since not all have an interval."
      : `95 % by the errors of the horizons: ${days(errors.low)} to ${days(errors.high)}.`,
    ...(beyondSuite.length === 0
      ? []
      : [`Left out, as longer than the suite can measure: ${beyondSuite.join(", ")}.`]),
    ...(without.length === 0 ? [] : [`Without a horizon: ${without.join(", ")}.`]),
    "",
    table(
      ["model", "came out", "horizon"],
      found.points.map((one) => [one.alias, one.released, minutes(one.minutes)]),
    ),
  ].join("\n");
}

/** Options of `standstill indicators forecast`. */
export interface ForecastOptions {
  readonly horizons?: string;
  readonly threshold: readonly number[];
  readonly by?: string;
  readonly from: readonly string[];
  readonly at: "p50" | "p80";
  readonly limitMinutes: number;
  readonly frontier: "window" | "all-time";
  readonly json: boolean;
}

/** `standstill indicators forecast`: when horizons reach thresholds, from several windows, each with its back-test. */
export async function forecastCommand(
  options: ForecastOptions,
  terminal: Terminal,
): Promise<number> {
  const { points } = await pointsIn(options.horizons);
  if (options.threshold.length === 0) {
    throw new UsageError("expected --threshold, got none", "Give hours, as --threshold 40 167.");
  }
  const newest = Math.max(...points.map(({ day }) => day));
  const by = options.by === undefined ? newest + 365 : dayOf(options.by);
  const starts = options.from.length === 0 ? ["2023-01-01", "2024-01-01"] : options.from;
  const windows = starts.map((from) => {
    const { chosen } = frontierPoints(points, { ...options, fromDay: dayOf(from) });
    const test = backTest(chosen);
    const forecaster = forecastFrom(chosen, test?.widening ?? 1);
    return {
      from,
      points: forecaster.points,
      doublingDays: forecaster.doublingDays,
      scatterDoublings: forecaster.scatter,
      backTest: test ?? null,
      thresholds: options.threshold.map((hours) => crossing(forecaster, hours, newest, by)),
    };
  });
  const answer = { by: dateOf(by), at: options.at, windows };
  terminal.out(options.json ? json(answer) : describeForecast(answer));
  return EXIT.ok;
}

function crossing(forecaster: Forecaster, hours: number, newest: number, by: number) {
  const at = hours * 60;
  const when = (share: number) => {
    const day = dayOfProbability(forecaster, at, share, newest);
    return day === null ? null : dateOf(day);
  };
  return {
    hours,
    expected: dateOf(forecaster.reaches(at)),
    probability: forecaster.atLeast(at, by),
    likelyFrom: { tenPercent: when(0.1), half: when(0.5), ninetyPercent: when(0.9) },
  };
}

function describeForecast({
  by,
  windows,
}: {
  readonly by: string;
  readonly windows: readonly {
    readonly from: string;
    readonly doublingDays: number;
    readonly backTest: { readonly forecasts: number; readonly inside80: number } | null;
    readonly thresholds: readonly ReturnType<typeof crossing>[];
  }[];
}): string {
  const tests = windows.map(({ from, doublingDays, backTest: test }) =>
    test === null
      ? `From ${from}: doubling in ${doublingDays.toFixed(0)} days. Too few past forecasts to test it.`
      : `From ${from}: doubling in ${doublingDays.toFixed(0)} days. Of ${test.forecasts} forecasts of the past, ${Math.round(test.inside80 * test.forecasts)} held within their band of 80 %.`,
  );
  const rows = windows.flatMap(({ from, thresholds }) =>
    thresholds.map((one) => [
      ...[from, `${one.hours} h`, one.expected, `${Math.round(one.probability * 100)} %`],
      `${one.likelyFrom.tenPercent ?? "never"} to ${one.likelyFrom.ninetyPercent ?? "beyond fifty years"}`,
    ]),
  );
  return [
    ...tests,
    "Windows differ; none is the right one.",
    "",
    table(["models from", "threshold", "expected", `by ${by}`, "one in ten to nine in ten"], rows),
  ].join("\n");
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00.000Z`) / DAY_MS;
}

function dateOf(day: number): string {
  return new Date(Math.floor(day) * DAY_MS).toISOString().slice(0, 10);
}
