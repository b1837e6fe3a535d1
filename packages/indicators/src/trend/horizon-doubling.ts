import { DAY_MS } from "@standstill/record";
import { exponential, naturalLogarithm, quantileOf, randomFrom } from "@standstill/statistics";
import { IndicatorError } from "../error.ts";
import { doublingOf, frontierOf } from "./doubling.ts";
import { type HorizonPoint, valuesOf } from "./horizon-points.ts";

/** Which horizons count, and how. */
export interface HorizonTrend {
  /** First day that counts, in days since 1970-01-01. */
  readonly fromDay?: number | undefined;
  readonly at: "p50" | "p80";
  /** Horizons at one half above this are beyond what the suite can measure, and are left out. Minutes. */
  readonly limitMinutes: number;
  /** Whether a model has to be the best of the window, or of all time, when it came out. */
  readonly frontier: "window" | "all-time";
  /** Draws for the interval that carries the errors of the horizons, and their seed. */
  readonly replicates: number;
  readonly seed: number;
}

/** How fast horizons double. Days. */
export interface HorizonDoubling {
  readonly doublingDays: number;
  readonly r2: number;
  /** Scatter about the line only: slope ± 1.96 standard errors of ordinary least squares. */
  readonly scatterInterval: { readonly low: number; readonly high: number | null };
  /** Errors of the horizons only: each is drawn anew from its own interval and the line fitted again; `null` where one has none. */
  readonly measurementInterval: { readonly low: number; readonly high: number | null } | null;
  readonly points: readonly {
    readonly alias: string;
    readonly released: string;
    readonly minutes: number;
  }[];
  /** Best of their time, and beyond what the suite can measure. */
  readonly beyondSuite: readonly string[];
}

const Z_95 = 1.96;

/**
 * Doubling time of the horizons that were the longest of their time (METR, "Time Horizon 1.1", 2026, trend): ordinary least squares of
 * ln(minutes) on days.
 *
 * @throws IndicatorError as `doublingOf`
 */
export function horizonDoubling(
  all: readonly HorizonPoint[],
  trend: HorizonTrend,
): HorizonDoubling {
  const { chosen, beyondSuite } = frontierPoints(all, trend);
  const doubling = doublingOf(chosen);
  return {
    doublingDays: doubling.days,
    r2: doubling.explained,
    scatterInterval: { low: doubling.fastest, high: finite(doubling.slowest) },
    measurementInterval: drawnInterval(chosen, trend),
    points: chosen.map(({ alias, day, value }) => ({
      alias,
      minutes: value,
      released: new Date(day * DAY_MS).toISOString().slice(0, 10),
    })),
    beyondSuite,
  };
}

/** The horizons that a trend is drawn through, oldest first. */
export function frontierPoints(
  all: readonly HorizonPoint[],
  {
    fromDay,
    at,
    limitMinutes,
    frontier,
  }: Pick<HorizonTrend, "fromDay" | "at" | "limitMinutes" | "frontier">,
) {
  const isInWindow = ({ day }: { day: number }) => day >= (fromDay ?? Number.NEGATIVE_INFINITY);
  const values = valuesOf(all, at);
  const best = frontierOf(frontier === "window" ? values.filter(isInWindow) : values).filter(
    isInWindow,
  );
  const its = best as typeof values;
  return {
    chosen: its.filter(({ p50Minutes }) => p50Minutes <= limitMinutes),
    beyondSuite: its
      .filter(({ p50Minutes }) => p50Minutes > limitMinutes)
      .map(({ alias }) => alias),
  };
}

function drawnInterval(
  points: readonly (HorizonPoint & { day: number; value: number })[],
  { at, replicates, seed }: HorizonTrend,
): HorizonDoubling["measurementInterval"] {
  if (at === "p80" || replicates === 0) return null;
  const measured = points.map(({ day, value, interval }) => ({
    day,
    value,
    spread:
      interval === undefined
        ? Number.NaN
        : naturalLogarithm(interval.high / interval.low) / (2 * Z_95),
  }));
  if (measured.some(({ spread }) => Number.isNaN(spread))) return null;
  const random = randomFrom(seed);
  const found: number[] = [];
  for (let i = 0; i < replicates; i++) {
    const drawn = measured.map(({ day, value, spread }) => ({
      day,
      value: value * exponential(spread * random.normal()),
    }));
    found.push(daysOf(drawn));
  }
  return { low: quantileOf(found, 0.025), high: finite(quantileOf(found, 0.975)) };
}

function daysOf(points: readonly { day: number; value: number }[]): number {
  try {
    return doublingOf(points).days;
  } catch (error) {
    if (error instanceof IndicatorError && error.code === "no-growth")
      return Number.POSITIVE_INFINITY;
    throw error;
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
