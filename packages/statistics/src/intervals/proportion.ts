import { normalQuantile } from "../distributions/normal.ts";

/** A share with its 95 % interval. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
  /** `null` of nothing: then there is no share, and not 0. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const Z_95 = normalQuantile(0.975);

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
