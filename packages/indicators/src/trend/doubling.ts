import { lineThrough, naturalLogarithm } from "@standstill/statistics";
import { IndicatorError } from "../error.ts";

/** A value on a day; days count from 1970-01-01. */
export interface DatedValue {
  readonly day: number;
  readonly value: number;
}

/** How fast something doubles. Days; `slowest` is infinite where the interval of the slope reaches zero. */
export interface Doubling {
  readonly days: number;
  /** Ends of the interval of ordinary least squares, slope ± 1.96 standard errors: it carries no measurement noise. */
  readonly fastest: number;
  readonly slowest: number;
  /** Share of the logarithms' squares about their mean that the trend explains (R²). */
  readonly explained: number;
  readonly points: number;
}

const FEWEST_POINTS = 3;
const Z_95 = 1.96;

/** The points that were not below any earlier one: the state of the art at their date. On one day the highest counts. */
export function frontierOf(points: readonly DatedValue[]): DatedValue[] {
  const frontier: DatedValue[] = [];
  let highest = 0;
  for (const point of [...points].sort((a, b) => a.day - b.day || b.value - a.value)) {
    if (point.value < highest || frontier.at(-1)?.day === point.day) continue;
    highest = point.value;
    frontier.push(point);
  }
  return frontier;
}

/**
 * Doubling time of exponential growth: ordinary least squares of ln(value) on days (the method of METR, "Time Horizon
 * 1.1", 2026, trend). Refuses fewer than three points, and points that do not grow.
 */
export function doublingOf(points: readonly DatedValue[]): Doubling {
  const n = points.length;
  if (n < FEWEST_POINTS) {
    throw new IndicatorError(
      "too-few-points",
      `expected at least ${FEWEST_POINTS} points, got ${n}`,
    );
  }
  const line = lineThrough(
    points.map(({ day }) => day),
    points.map(({ value }) => naturalLogarithm(value)),
  );
  if (line === undefined || !(line.slope > 0))
    throw new IndicatorError("no-growth", "expected values that grow, got a trend that does not");
  const { slope, slopeError, explained } = line;
  const low = slope - Z_95 * slopeError;
  return {
    days: Math.LN2 / slope,
    fastest: Math.LN2 / (slope + Z_95 * slopeError),
    slowest: low > 0 ? Math.LN2 / low : Number.POSITIVE_INFINITY,
    explained,
    points: n,
  };
}
