import { at } from "./at.ts";

/** Places of values in ascending order, so that one outlier counts no more than any other value. Ties keep their order in time. */
export function ordinalRanks(values: readonly number[]): number[] {
  const ranks = new Array<number>(values.length);
  for (const [rank, i] of ascending(values).entries()) ranks[i] = rank;
  return ranks;
}

/**
 * The same, but equal values share the mean of their places (mid-ranks; Kendall 1945): the order in time of values that are one does not
 * tell, so no ramp is made of a series that stands still.
 *
 * @example midRanks([7, 3, 7]) // [1.5, 0, 1.5]
 */
export function midRanks(values: readonly number[]): number[] {
  const order = ascending(values);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length; ) {
    const value = at(values, at(order, first));
    let end = first + 1;
    while (end < order.length && at(values, at(order, end)) === value) end++;
    for (let k = first; k < end; k++) ranks[at(order, k)] = (first + end - 1) / 2;
    first = end;
  }
  return ranks;
}

function ascending(values: readonly number[]): number[] {
  return values.map((_, i) => i).sort((a, b) => at(values, a) - at(values, b) || a - b);
}
