import { at } from "../at.ts";

/** Page's test: its reference value and its limit, in standard deviations. */
export interface PageTest {
  /** Half the shift that it is to catch. */
  readonly reference: number;
  readonly limit: number;
}

/**
 * Page's statistic after each residual: S = max(0, S + z - k); an alarm is where it exceeds the limit (NIST/SEMATECH
 * e-Handbook of Statistical Methods, 6.3.2.3.1).
 *
 * @param start where the sum begins; half the limit detects sooner after a restart
 */
export function pageStatistics(
  residuals: ArrayLike<number>,
  { reference }: PageTest,
  start = 0,
): Float64Array {
  const found = new Float64Array(residuals.length);
  let sum = start;
  for (let i = 0; i < residuals.length; i++) {
    sum = Math.max(0, sum + at(residuals, i) - reference);
    found[i] = sum;
  }
  return found;
}
