import { doubleAt } from "./at.ts";

/** Half-width of the moving average that is taken away: slow common movement is no evidence. */
const TREND_HALF_WIDTH = 5;
/** Divisible by every width that the moving average can have, from 1 to 11. */
const COMMON_DENOMINATOR = 27_720;

/** Takes the moving average over eleven values away. Over a common denominator all stays whole, so equal values stay equal. */
export function detrended(values: ArrayLike<number>): number[] {
  const all = Float64Array.from(values);
  return Array.from(all, (value, i) => {
    const first = Math.max(0, i - TREND_HALF_WIDTH);
    const last = Math.min(all.length - 1, i + TREND_HALF_WIDTH);
    const count = last - first + 1;
    let sum = 0;
    for (let j = first; j <= last; j++) sum += doubleAt(all, j);
    return (value * count - sum) * (COMMON_DENOMINATOR / count);
  });
}

/** Values with mean zero and length one; zeros where none differs. */
export function standardized(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return Float64Array.from(values, (value) => (value - mean) * scale);
}
