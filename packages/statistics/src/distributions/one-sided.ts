/**
 * How many standard deviations a normal quantity exceeds with a probability of at most so many millionths (Abramowitz and Stegun,
 * table 26.5, rounded up), as thousandths. A table, because logarithms differ between engines.
 */
const ONE_SIDED: readonly (readonly [millionths: number, thousandths: number])[] = [
  [100_000, 1282],
  [50_000, 1645],
  [20_000, 2054],
  [10_000, 2327],
  [5000, 2576],
  [2000, 2879],
  [1000, 3091],
  [500, 3291],
  [200, 3541],
  [100, 3720],
  [50, 3891],
  [20, 4108],
  [10, 4265],
  [5, 4418],
  [1, 4754],
];

/**
 * The limit in standard deviations for a one-sided test with at most this rate of false alarms, in thousandths. Rates between two of
 * the table take the stricter.
 *
 * @example sigmasFor(10_000) // 2327: 2.327 standard deviations for one false alarm in a hundred
 */
export function sigmasFor(rateMillionths: number): number {
  for (const [rate, limit] of ONE_SIDED) if (rate <= rateMillionths) return limit;
  return 6000;
}
