import { normalQuantile } from "./normal.ts";

/** Rates of false alarms for which there are limits, in millionths: a limit is a round figure that people can look up. */
const RATES: readonly number[] = [
  100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 1,
];
/** Under the least rate no quantile is worth its digits. */
const FARTHEST = 6000;

/**
 * The limit for a one-sided test of a normal quantity with at most this rate of false alarms in millionths, in thousandths of a standard
 * deviation, rounded up. Rates between two of them take the stricter.
 *
 * @example sigmasFor(10_000) // 2327: 2.327 standard deviations for one false alarm in a hundred
 */
export function sigmasFor(rateMillionths: number): number {
  for (const rate of RATES)
    if (rate <= rateMillionths) return Math.ceil(-normalQuantile(rate / 1_000_000) * 1000);
  return FARTHEST;
}
