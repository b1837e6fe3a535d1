/** A quantile of values in ascending order, between neighbours in proportion (the seventh kind of Hyndman and Fan 1996); NaN of none. */
export function quantileOf(ascending: ArrayLike<number>, share: number): number {
  const last = ascending.length - 1;
  if (last < 0) return Number.NaN;
  const place = share * last;
  const below = Math.floor(place);
  const [low, high] = [ascending[below] as number, ascending[Math.min(last, below + 1)] as number];
  return low === high ? low : low + (high - low) * (place - below);
}
