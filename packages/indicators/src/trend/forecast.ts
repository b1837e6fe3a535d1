import { exponentialOfTwo } from "../arithmetic/exponential.ts";
import { naturalLogarithm } from "../arithmetic/logarithm.ts";
import { studentCumulative, studentQuantile } from "../arithmetic/student.ts";
import { IndicatorError } from "../error.ts";
import type { DatedValue } from "./doubling.ts";

/** A line through log2 of values over days, and what it says of days to come. */
export interface Forecaster {
  readonly points: number;
  readonly doublingDays: number;
  /** Standard deviation about the line, in doublings. */
  readonly scatter: number;
  /** Expected value on a day, and the bounds of a band that the value lies in with a probability. */
  at(
    day: number,
    level?: number,
  ): { readonly value: number; readonly low: number; readonly high: number };
  /** Probability that the value on a day is at least a threshold. */
  atLeast(threshold: number, day: number): number;
  /** The day on which the expected value reaches a threshold. */
  reaches(threshold: number): number;
}

const FEWEST = 4;

/**
 * Ordinary least squares of log2(value) on days, with prediction by Student's t: sd = s · √(1 + 1/n + (x − x̄)² / Sxx). `widening`
 * multiplies the deviation, where a back-test found the bands too narrow.
 *
 * @throws IndicatorError `too-few-points` below four points, `no-growth` where the line does not rise
 */
export function forecastFrom(points: readonly DatedValue[], widening = 1): Forecaster {
  const n = points.length;
  if (n < FEWEST)
    throw new IndicatorError("too-few-points", `expected at least ${FEWEST} points, got ${n}`);
  const logs = points.map(({ value }) => naturalLogarithm(value) / Math.LN2);
  const meanDay = points.reduce((sum, { day }) => sum + day, 0) / n;
  const meanLog = logs.reduce((sum, log) => sum + log, 0) / n;
  let [spread, product, residual] = [0, 0, 0];
  for (const [i, { day }] of points.entries()) {
    spread += (day - meanDay) * (day - meanDay);
    product += (day - meanDay) * ((logs[i] as number) - meanLog);
  }
  const slope = spread > 0 ? product / spread : 0;
  if (!(slope > 0))
    throw new IndicatorError("no-growth", "expected values that grow, got a trend that does not");
  for (const [i, { day }] of points.entries()) {
    const rest = (logs[i] as number) - meanLog - slope * (day - meanDay);
    residual += rest * rest;
  }
  const scatter = Math.sqrt(residual / (n - 2));
  const mean = (day: number) => meanLog + slope * (day - meanDay);
  const deviation = (day: number) =>
    Math.max(
      Number.MIN_VALUE,
      widening * scatter * Math.sqrt(1 + 1 / n + ((day - meanDay) * (day - meanDay)) / spread),
    );
  return {
    points: n,
    doublingDays: 1 / slope,
    scatter,
    at(day, level = 0.8) {
      const reach = studentQuantile((1 + level) / 2, n - 2) * deviation(day);
      const [value, low, high] = [0, -reach, reach].map((by) => exponentialOfTwo(mean(day) + by));
      return { value: value as number, low: low as number, high: high as number };
    },
    atLeast(threshold, day) {
      const log = naturalLogarithm(threshold) / Math.LN2;
      return studentCumulative((mean(day) - log) / deviation(day), n - 2);
    },
    reaches: (threshold) => meanDay + (naturalLogarithm(threshold) / Math.LN2 - meanLog) / slope,
  };
}

/** The first day from one on, to the day, on which the probability of being above a threshold is a share; `null` if not in fifty years. */
export function dayOfProbability(
  forecaster: Forecaster,
  threshold: number,
  share: number,
  from: number,
): number | null {
  let [low, high] = [from, from + 50 * 365];
  if (forecaster.atLeast(threshold, high) < share) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (forecaster.atLeast(threshold, middle) >= share) high = middle;
    else low = middle + 1;
  }
  return low;
}
