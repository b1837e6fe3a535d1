import { binomialAtLeast } from "../distributions/binomial.ts";
import { leastWhere } from "../elementary/halving.ts";

const TAIL = 0.025;

/**
 * A two-sided 95 % interval for a probability of which `successes` of `trials` were seen (Clopper and Pearson, 1934), in
 * ten-thousandths, rounded outward: whatever the probability is, the interval holds it in at least 95 of 100 cases.
 *
 * @example clopperPearson(0, 100) // { low: 0, high: 363 }
 */
export function clopperPearson(successes: number, trials: number): { low: number; high: number } {
  const low =
    successes === 0 ? 0 : leastWhere(0, 1, (p) => binomialAtLeast(successes, trials, p) >= TAIL);
  const high =
    successes === trials
      ? 1
      : leastWhere(0, 1, (p) => 1 - binomialAtLeast(successes + 1, trials, p) <= TAIL);
  return { low: Math.floor(low * 10_000), high: Math.ceil(high * 10_000) };
}
