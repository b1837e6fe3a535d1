/** Half-width of the moving average that is taken away, in windows: slow common movement is no evidence. */
const TREND_HALF_WIDTH = 5;
/** Divisible by every width that the moving average can have, from 1 to 11. */
const COMMON_DENOMINATOR = 27_720;

/** Takes the moving average away. Over a common denominator all stays whole, so equal values stay equal. */
export function detrended(values: readonly number[]): number[] {
  return values.map((value, i) => {
    const first = Math.max(0, i - TREND_HALF_WIDTH);
    const last = Math.min(values.length - 1, i + TREND_HALF_WIDTH);
    const count = last - first + 1;
    let sum = 0;
    for (let j = first; j <= last; j++) sum += values[j] as number;
    return (value * count - sum) * (COMMON_DENOMINATOR / count);
  });
}

/** Ranks make one outlier count no more than any other window. Ties keep their order in time. */
export function ranked(values: readonly number[]): number[] {
  const order = values
    .map((_, i) => i)
    .sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const ranks = new Array<number>(values.length);
  for (const [rank, i] of order.entries()) ranks[i] = rank;
  return ranks;
}

/** Values with mean zero and length one; zeros where none differs. */
export function standardized(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return Float64Array.from(values, (value) => (value - mean) * scale);
}
