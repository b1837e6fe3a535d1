import { exponential } from "../elementary/exponential.ts";
import { leastWhere } from "../elementary/halving.ts";

const SQRT_2_PI = Math.sqrt(2 * Math.PI);
/** Farther out nothing is left in a double. */
const FARTHEST = 38;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return exponential(-(x * x) / 2) / SQRT_2_PI;
}

/**
 * The normal distribution's cumulative probability, to about 1e-14: a power series near nought, a continued fraction in the tails
 * (Abramowitz and Stegun, 26.2.11 and 26.2.14).
 *
 * @example normalCumulative(1.96) // 0.975
 */
export function normalCumulative(x: number): number {
  const size = Math.abs(x);
  if (size > FARTHEST) return x > 0 ? 1 : 0;
  const density = normalDensity(size);
  if (size < 5) {
    let [sum, term] = [size, size];
    for (let n = 3; Math.abs(term) > 1e-17 * sum && n < 400; n += 2) {
      term *= (size * size) / n;
      sum += term;
    }
    const half = density * sum;
    return x > 0 ? 0.5 + half : 0.5 - half;
  }
  let fraction = size;
  for (let n = 60; n >= 1; n--) fraction = size + n / fraction;
  return x > 0 ? 1 - density / fraction : density / fraction;
}

/** The value below which a share of the normal distribution lies. @throws RangeError for a share that is not between 0 and 1 */
export function normalQuantile(share: number): number {
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`expected a share between 0 and 1, got ${share}`);
  }
  return leastWhere(-FARTHEST, FARTHEST, (value) => normalCumulative(value) >= share, 80);
}
