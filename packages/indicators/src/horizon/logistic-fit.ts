import { logistic } from "@standstill/statistics";

/** Observations at one length: log2 of human minutes, and the weights of success and of failure there. */
export interface Cells {
  readonly count: number;
  readonly log2Minutes: Float64Array;
  readonly success: Float64Array;
  readonly failure: Float64Array;
}

/** P(success) = 1 / (1 + e^−(intercept + slope · log2 minutes)). */
export interface LogisticCurve {
  readonly intercept: number;
  readonly slope: number;
}

const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
const EXACT = 1e-13;

/**
 * The weighted logistic curve that makes Σ weight · loss + penalty · slope² / 2 least, with the intercept free: what scikit-learn's
 * LogisticRegression finds with C = 1 / penalty (METR, "Measuring AI Ability to Complete Long Tasks", 2025, section 3.2). Newton's
 * method; a step is halved until the slope along it shrinks, which for a convex function it must. The caller sees to it that
 * there is a minimum: both outcomes occur, and without penalty no length parts them. `start` is a curve that may be near; `exactness`
 * is the share of the curve by which the last step may still move it.
 */
export function fitLogistic(
  cells: Cells,
  penalty: number,
  {
    start,
    exactness = EXACT,
  }: { readonly start?: LogisticCurve; readonly exactness?: number } = {},
): LogisticCurve {
  const { count, log2Minutes, success, failure } = cells;
  let [weight, mean] = [0, 0];
  for (let i = 0; i < count; i++) {
    const its = (success[i] as number) + (failure[i] as number);
    weight += its;
    mean += its * (log2Minutes[i] as number);
  }
  mean /= weight;
  // Lengths are taken from their mean, which keeps the equations apart; the slope is the same.
  let [a, b] = start === undefined ? [0, 0] : [start.intercept + start.slope * mean, start.slope];
  const at = { gradientA: 0, gradientB: 0, aa: 0, ab: 0, bb: 0 };
  const look = (atA: number, atB: number) => {
    let [gradientA, gradientB, aa, ab, bb] = [0, penalty * atB, 0, 0, penalty];
    for (let i = 0; i < count; i++) {
      const x = (log2Minutes[i] as number) - mean;
      const hits = success[i] as number;
      const its = hits + (failure[i] as number);
      const chance = logistic(atA + atB * x);
      const error = its * chance - hits;
      const curve = its * chance * (1 - chance);
      gradientA += error;
      gradientB += error * x;
      aa += curve;
      ab += curve * x;
      bb += curve * x * x;
    }
    at.gradientA = gradientA;
    at.gradientB = gradientB;
    at.aa = aa;
    at.ab = ab;
    at.bb = bb;
  };
  look(a, b);
  for (let step = 0; step < MOST_STEPS; step++) {
    const determinant = at.aa * at.bb - at.ab * at.ab;
    if (!(determinant > 0)) break;
    const stepA = (at.ab * at.gradientB - at.bb * at.gradientA) / determinant;
    const stepB = (at.ab * at.gradientA - at.aa * at.gradientB) / determinant;
    const before = Math.abs(at.gradientA * stepA + at.gradientB * stepB);
    if (!(before > 0)) break;
    let size = 1;
    for (let halving = 0; halving < MOST_HALVINGS; halving++, size /= 2) {
      look(a + size * stepA, b + size * stepB);
      if (Math.abs(at.gradientA * stepA + at.gradientB * stepB) <= before) break;
    }
    a += size * stepA;
    b += size * stepB;
    if (Math.abs(stepA) + Math.abs(stepB) < exactness * (1 + Math.abs(a) + Math.abs(b))) break;
  }
  return { intercept: a - b * mean, slope: b };
}

/** Whether the outcomes have a finite curve without penalty; where not, the lengths between which success turns into failure. */
export function partedAt({ count, log2Minutes, success, failure }: Cells): {
  readonly isParted: boolean;
  readonly falls: boolean;
  readonly below: number;
  readonly above: number;
} {
  let [leastHit, mostHit, leastMiss, mostMiss] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const x = log2Minutes[i] as number;
    if ((success[i] as number) > 0) {
      leastHit = Math.min(leastHit, x);
      mostHit = Math.max(mostHit, x);
    }
    if ((failure[i] as number) > 0) {
      leastMiss = Math.min(leastMiss, x);
      mostMiss = Math.max(mostMiss, x);
    }
  }
  const falls = mostHit <= leastMiss;
  const isParted = falls || leastHit >= mostMiss;
  return { isParted, falls, below: mostHit, above: leastMiss };
}
