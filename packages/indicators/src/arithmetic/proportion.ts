import { quantileOf } from "./quantile.ts";
import { SeededRandom } from "./random.ts";

/** A share with its 95 % interval. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** `null` of nothing: then there is no share, and not 0. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const Z_95 = 1.959963984540054;

/**
 * A share of independent cases with Wilson's interval (1927).
 *
 * @example proportionOf(83, 129) // 0.643, from 0.558 to 0.721
 */
export function proportionOf(count: number, of: number): Proportion {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const share = count / of;
  const square = Z_95 * Z_95;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const reach =
    (Z_95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))) / (1 + square / of);
  return { count, of, share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

const REPLICATES = 1000;

/**
 * A share of amounts that come in clusters, as lines in pull requests, with an interval by resampling the clusters: lines of one
 * pull request are not independent.
 */
export function clusteredShare(
  clusters: readonly { readonly part: number; readonly whole: number }[],
  seed = 1,
): Proportion {
  const sum = (its: readonly { part: number; whole: number }[]) =>
    its.reduce<[number, number]>(([a, b], { part, whole }) => [a + part, b + whole], [0, 0]);
  const [count, of] = sum(clusters);
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const random = new SeededRandom(seed);
  const shares: number[] = [];
  for (let i = 0; i < REPLICATES; i++) {
    let [part, whole] = [0, 0];
    for (let k = 0; k < clusters.length; k++) {
      const one = clusters[random.below(clusters.length)] as { part: number; whole: number };
      part += one.part;
      whole += one.whole;
    }
    if (whole > 0) shares.push(part / whole);
  }
  shares.sort((a, b) => a - b);
  return {
    count,
    of,
    share: count / of,
    low: quantileOf(shares, 0.025),
    high: quantileOf(shares, 0.975),
  };
}

/** The middle of values, or any other quantile; `null` of none. */
export function quantileOrNull(values: readonly number[], share: number): number | null {
  return values.length === 0
    ? null
    : quantileOf(
        [...values].sort((a, b) => a - b),
        share,
      );
}
