import {
  binaryLogarithm,
  exponentialOfTwo,
  lineThrough,
  studentCumulative,
  studentQuantile,
} from "@standstill/statistics";
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
  const line = lineThrough(
    points.map(({ day }) => day),
    points.map(({ value }) => binaryLogarithm(value)),
  );
  if (line === undefined || !(line.slope > 0))
    throw new IndicatorError("no-growth", "expected values that grow, got a trend that does not");
  const { slope, scatter, meanX, meanY } = line;
  const deviation = (day: number) => Math.max(Number.MIN_VALUE, widening * line.deviationAt(day));
  return {
    points: n,
    doublingDays: 1 / slope,
    scatter,
    at(day, level = 0.8) {
      const reach = studentQuantile((1 + level) / 2, n - 2) * deviation(day);
      const at = (by: number) => exponentialOfTwo(line.at(day) + by);
      return { value: at(0), low: at(-reach), high: at(reach) };
    },
    atLeast(threshold, day) {
      const below = line.at(day) - binaryLogarithm(threshold);
      return studentCumulative(below / deviation(day), n - 2);
    },
    reaches: (threshold) => meanX + (binaryLogarithm(threshold) - meanY) / slope,
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
