import { at } from "../at.ts";
import { quantileOf } from "../quantiles.ts";
import type { Random } from "../random/random.ts";
import type { Proportion } from "./proportion.ts";

const REPLICATES = 1000;

/**
 * A share of amounts that come in clusters, with a 95 % interval by resampling whole clusters (the percentile bootstrap of Efron 1979):
 * what lies in one cluster is not independent.
 */
export function clusteredShare(
  clusters: readonly { readonly part: number; readonly whole: number }[],
  random: Random,
): Proportion {
  let [count, of] = [0, 0];
  for (const { part, whole } of clusters) {
    count += part;
    of += whole;
  }
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const shares: number[] = [];
  for (let i = 0; i < REPLICATES; i++) {
    let [part, whole] = [0, 0];
    for (let k = 0; k < clusters.length; k++) {
      const one = at(clusters, random.below(clusters.length));
      part += one.part;
      whole += one.whole;
    }
    if (whole > 0) shares.push(part / whole);
  }
  return {
    count,
    of,
    share: count / of,
    low: quantileOf(shares, 0.025),
    high: quantileOf(shares, 0.975),
  };
}
