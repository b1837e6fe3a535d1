import { doubleAt } from "../at.ts";
import { logistic } from "../elementary/exponential.ts";

/** Outcomes by place: each place with the weights of success and of failure there. */
export interface Outcomes {
  readonly count: number;
  readonly xs: Float64Array;
  readonly success: Float64Array;
  readonly failure: Float64Array;
}

/** P(success) = 1 / (1 + e^−(intercept + slope · x)). */
export interface LogisticCurve {
  readonly intercept: number;
  readonly slope: number;
}

const MOST_STEPS = 100;
const MOST_HALVINGS = 40;
const EXACT = 1e-13;

/**
 * The weighted logistic curve that makes Σ weight · loss + penalty · slope² / 2 least, with the intercept free: what scikit-learn's
 * LogisticRegression finds with C = 1 / penalty. Newton's method; a step is halved until the slope along it shrinks, which for a convex function it must. The caller sees to it that
 * there is a minimum: both outcomes occur, and without penalty no place parts them. `start` is a curve that may be near; `exactness`
 * is the share of the curve by which the last step may still move it.
 */
export function fitLogistic(
  outcomes: Outcomes,
  penalty: number,
  {
    start,
    exactness = EXACT,
  }: { readonly start?: LogisticCurve | undefined; readonly exactness?: number } = {},
): LogisticCurve {
  const { count, xs, success, failure } = outcomes;
  let [weight, mean] = [0, 0];
  for (let i = 0; i < count; i++) {
    const its = doubleAt(success, i) + doubleAt(failure, i);
    weight += its;
    mean += its * doubleAt(xs, i);
  }
  mean /= weight;
  // Places are taken from their mean, which keeps the equations apart; the slope is the same.
  let [a, b] = start === undefined ? [0, 0] : [start.intercept + start.slope * mean, start.slope];
  const now = { gradientA: 0, gradientB: 0, aa: 0, ab: 0, bb: 0 };
  const look = (atA: number, atB: number) => {
    let [gradientA, gradientB, aa, ab, bb] = [0, penalty * atB, 0, 0, penalty];
    for (let i = 0; i < count; i++) {
      const x = doubleAt(xs, i) - mean;
      const hits = doubleAt(success, i);
      const its = hits + doubleAt(failure, i);
      const chance = logistic(atA + atB * x);
      const error = its * chance - hits;
      const curve = its * chance * (1 - chance);
      gradientA += error;
      gradientB += error * x;
      aa += curve;
      ab += curve * x;
      bb += curve * x * x;
    }
    now.gradientA = gradientA;
    now.gradientB = gradientB;
    now.aa = aa;
    now.ab = ab;
    now.bb = bb;
  };
  look(a, b);
  for (let step = 0; step < MOST_STEPS; step++) {
    const determinant = now.aa * now.bb - now.ab * now.ab;
    if (!(determinant > 0)) break;
    const stepA = (now.ab * now.gradientB - now.bb * now.gradientA) / determinant;
    const stepB = (now.ab * now.gradientA - now.aa * now.gradientB) / determinant;
    const before = Math.abs(now.gradientA * stepA + now.gradientB * stepB);
    if (!(before > 0)) break;
    let size = 1;
    for (let halving = 0; halving < MOST_HALVINGS; halving++, size /= 2) {
      look(a + size * stepA, b + size * stepB);
      if (Math.abs(now.gradientA * stepA + now.gradientB * stepB) <= before) break;
    }
    a += size * stepA;
    b += size * stepB;
    if (Math.abs(stepA) + Math.abs(stepB) < exactness * (1 + Math.abs(a) + Math.abs(b))) break;
  }
  return { intercept: a - b * mean, slope: b };
}

/** Whether the outcomes have a finite curve without penalty; where not, the places between which success turns into failure. */
export function partedAt({ count, xs, success, failure }: Outcomes): {
  readonly isParted: boolean;
  readonly falls: boolean;
  readonly below: number;
  readonly above: number;
} {
  let [leastHit, mostHit, leastMiss, mostMiss] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const x = doubleAt(xs, i);
    if (doubleAt(success, i) > 0) {
      leastHit = Math.min(leastHit, x);
      mostHit = Math.max(mostHit, x);
    }
    if (doubleAt(failure, i) > 0) {
      leastMiss = Math.min(leastMiss, x);
      mostMiss = Math.max(mostMiss, x);
    }
  }
  const falls = mostHit <= leastMiss;
  const isParted = falls || leastHit >= mostMiss;
  return { isParted, falls, below: mostHit, above: leastMiss };
}
