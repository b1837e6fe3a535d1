import { incompleteBeta } from "../elementary/gamma.ts";
import { leastWhere } from "../elementary/halving.ts";

/**
 * Probability that Student's t with so many degrees of freedom lies below a value (Abramowitz and Stegun 26.7.1).
 *
 * @example studentCumulative(2.228, 10) // 0.975
 */
export function studentCumulative(value: number, degrees: number): number {
  if (!Number.isFinite(value)) return value > 0 ? 1 : 0;
  const square = value * value;
  const sum = degrees + square;
  // Of the two shares the smaller, so that nothing is lost around nought.
  const tail =
    square < degrees
      ? (1 - incompleteBeta(square / sum, 0.5, degrees / 2)) / 2
      : incompleteBeta(degrees / sum, degrees / 2, 0.5) / 2;
  return value > 0 ? 1 - tail : tail;
}

const FARTHEST = 1000;

/** The value below which Student's t lies with a probability, from -1000 to 1000. @example studentQuantile(0.975, 10) // 2.228 */
export function studentQuantile(share: number, degrees: number): number {
  return leastWhere(-FARTHEST, FARTHEST, (value) => studentCumulative(value, degrees) >= share, 80);
}
