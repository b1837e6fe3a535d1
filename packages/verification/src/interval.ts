/** A range of whole amounts, both ends included; `low` is never above `high`. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** How an amount is known. */
export type Provenance = "reported" | "measured" | "calculated" | "estimated";

/** The interval that holds one value only. */
export function exactly(value: bigint): Interval {
  return { low: value, high: value };
}

/** Sum of intervals: ends add up. */
export function sum(intervals: readonly Interval[]): Interval {
  return intervals.reduce((a, b) => ({ low: a.low + b.low, high: a.high + b.high }), exactly(0n));
}

/** What of `whole` the `part` does not explain, never below zero. */
export function remainder(whole: Interval, part: Interval): Interval {
  return { low: positive(whole.low - part.high), high: positive(whole.high - part.low) };
}

/** The value, or zero where it is negative. */
export function positive(value: bigint): bigint {
  return value > 0n ? value : 0n;
}

/** The smaller of two. */
export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** The larger of two. */
export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
