import { incompleteBeta } from "../elementary/gamma.ts";

/**
 * Probability of `least` or more successes in so many independent trials of one probability (Abramowitz and Stegun 26.5.24).
 *
 * @example binomialAtLeast(1, 10, 0.1) // 0.6513
 */
export function binomialAtLeast(least: number, trials: number, probability: number): number {
  if (least <= 0) return 1;
  if (least > trials) return 0;
  return incompleteBeta(probability, least, trials - least + 1);
}
