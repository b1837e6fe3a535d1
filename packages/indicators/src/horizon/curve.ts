import {
  exponentialOfTwo,
  type LogisticCurve,
  naturalLogarithm,
  type Outcomes,
  partedAt,
} from "@standstill/statistics";

/**
 * Why a horizon cannot be said: the model was not tried; it never or always succeeded; all tasks take the same time; success
 * turns to failure at once, so that no curve is the likeliest; or success does not fall with length.
 */
export type NoHorizon =
  | "no-runs"
  | "no-success"
  | "no-failure"
  | "one-length"
  | "parted"
  | "does-not-fall";

const LN_4 = naturalLogarithm(4);

/** Human minutes at which the curve passes 0.5 and 0.8: h_q = 2^((ln(q / (1 − q)) − intercept) / slope). */
export function pointsOf({ slope, intercept }: LogisticCurve): [p50: number, p80: number] {
  return [exponentialOfTwo(-intercept / slope), exponentialOfTwo((LN_4 - intercept) / slope)];
}

/** Why the runs have no curve, whatever is fitted; `undefined` where they have one. */
export function whyNone(cells: Outcomes, penalty: number): NoHorizon | undefined {
  const { count, xs, success, failure } = cells;
  if (count === 0) return "no-runs";
  let [hits, misses, isOneLength] = [false, false, true];
  // A loop and no callbacks: this is asked of every resampled data set.
  for (let i = 0; i < count; i++) {
    hits ||= success[i] !== 0;
    misses ||= failure[i] !== 0;
    isOneLength &&= xs[i] === xs[0];
  }
  if (!hits) return "no-success";
  if (!misses) return "no-failure";
  if (isOneLength) return "one-length";
  if (penalty > 0) return undefined;
  const { isParted, falls } = partedAt(cells);
  if (!isParted) return undefined;
  return falls ? "parted" : "does-not-fall";
}
