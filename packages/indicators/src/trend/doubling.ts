import { naturalLogarithm } from "../arithmetic/logarithm.ts";
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
  readonly points: number;
}

const LN_2 = Math.LN2;
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
  const logs = points.map(({ value }) => naturalLogarithm(value));
  const meanDay = points.reduce((sum, { day }) => sum + day, 0) / n;
  const meanLog = logs.reduce((sum, log) => sum + log, 0) / n;
  let spread = 0;
  let product = 0;
  for (const [i, { day }] of points.entries()) {
    spread += (day - meanDay) * (day - meanDay);
    product += (day - meanDay) * ((logs[i] as number) - meanLog);
  }
  const slope = spread > 0 ? product / spread : 0;
  if (!(slope > 0))
    throw new IndicatorError("no-growth", "expected values that grow, got a trend that does not");
  let residual = 0;
  for (const [i, { day }] of points.entries()) {
    const error = (logs[i] as number) - meanLog - slope * (day - meanDay);
    residual += error * error;
  }
  const standardError = Math.sqrt(residual / (n - 2) / spread);
  const low = slope - Z_95 * standardError;
  return {
    days: LN_2 / slope,
    fastest: LN_2 / (slope + Z_95 * standardError),
    slowest: low > 0 ? LN_2 / low : Number.POSITIVE_INFINITY,
    points: n,
  };
}
