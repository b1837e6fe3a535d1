import { at } from "./at.ts";

/**
 * A quantile of values, between neighbours in proportion (the seventh kind of Hyndman and Fan 1996, which numpy and R take too); NaN of
 * none. Values that are no numbers are left to the caller.
 *
 * @example quantileOf([4, 1, 2, 8], 0.5) // 3
 */
export function quantileOf(values: ArrayLike<number>, share: number): number {
  const ascending = Float64Array.from(values).sort();
  const last = ascending.length - 1;
  if (last < 0) return Number.NaN;
  const place = share * last;
  const below = Math.floor(place);
  const [low, high] = [at(ascending, below), at(ascending, Math.min(last, below + 1))];
  return low === high ? low : low + (high - low) * (place - below);
}

/** The same, and `null` of none. */
export function quantileOrNull(values: ArrayLike<number>, share: number): number | null {
  return values.length === 0 ? null : quantileOf(values, share);
}
