import { at, doubleAt } from "../at.ts";
import type { Random } from "../random/random.ts";
import { ordinalRanks } from "../ranks.ts";
import { detrended, standardized } from "../series.ts";
import { type Exceedances, exceedances } from "./exceedances.ts";

/** How much series move together, and how that stands among the same series shifted in time. Correlations in thousandths. */
export interface CommonMovement extends Exceedances {
  /** Mean rank correlation between two of them, the slow trend removed. */
  readonly correlation: number;
}

/**
 * Tests whether series of one length move together: mean rank correlation after the slow trend is removed, against the same series
 * shifted in a circle by independent random offsets. Shifting keeps each series' level, variance and rhythm, so none of these can
 * decide; only moving at the same instants can.
 *
 * @param series two or more
 * @param shifts how many shifted draws to make at most
 */
export function commonMovement(
  series: readonly (readonly number[])[],
  shifts: number,
  random: Random,
): CommonMovement {
  const units = series.map((values) => standardized(ordinalRanks(detrended(values))));
  const length = at(units, 0).length;
  const total = new Float64Array(length);
  const observed = meanCorrelation(
    units,
    units.map(() => 0),
    total,
  );
  const among = exceedances(observed, shifts, () =>
    meanCorrelation(
      units,
      units.map(() => random.below(length)),
      total,
    ),
  );
  return {
    ...among,
    correlation: Math.floor(observed * 1000),
    highest: Math.floor(among.highest * 1000),
  };
}

/**
 * Mean over all pairs, from the length of the sum: |Σu|² = n + n(n-1)·mean for vectors of length 1.
 *
 * @param total room for the sum
 */
function meanCorrelation(
  units: readonly Float64Array[],
  offsets: readonly number[],
  total: Float64Array,
): number {
  const length = total.length;
  total.fill(0);
  for (const [k, unit] of units.entries()) {
    // Two straight runs instead of a remainder for each element: this is the hottest loop of a verdict.
    const offset = at(offsets, k);
    for (let i = 0, from = offset; from < length; i++, from++)
      total[i] = doubleAt(total, i) + doubleAt(unit, from);
    for (let i = length - offset, from = 0; from < offset; i++, from++)
      total[i] = doubleAt(total, i) + doubleAt(unit, from);
  }
  let squares = 0;
  for (const value of total) squares += value * value;
  const n = units.length;
  return (squares - n) / (n * (n - 1));
}
