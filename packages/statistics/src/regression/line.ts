import { at } from "../at.ts";
import { designOf, leastSquares } from "./least-squares.ts";

/** A straight line through points, by ordinary least squares. */
export interface Line {
  readonly meanX: number;
  readonly meanY: number;
  readonly slope: number;
  /** Standard error of the slope; NaN of two points. */
  readonly slopeError: number;
  /** Standard deviation of the points about the line; NaN of two points. */
  readonly scatter: number;
  /** Share of the values' squares about their mean that the line explains (R²); NaN where all values are one. */
  readonly explained: number;
  /** Value of the line. */
  at(x: number): number;
  /** Standard deviation of one more value about the line: of its own scatter, and of where the line is. */
  deviationAt(x: number): number;
}

/**
 * The straight line that comes closest to values over their places.
 *
 * @returns `undefined` where all places are one, or none is given
 * @example lineThrough([0, 1, 2], [1, 3, 5])?.slope // 2
 */
export function lineThrough(xs: readonly number[], ys: readonly number[]): Line | undefined {
  const [meanX, meanY] = [meanOf(xs), meanOf(ys)];
  // About the mean places, slope and height do not depend on each other, and nothing is lost by days counted from 1970.
  const centred = xs.map((x) => x - meanX);
  const design = designOf([xs.map(() => 1), centred]);
  if (design === undefined) return undefined;
  const values = Float64Array.from(ys, (y) => y - meanY);
  const { coefficients, standardErrors, residual } = leastSquares(design, values);
  const spread = centred.reduce((sum, x) => sum + x * x, 0);
  const slope = at(coefficients, 1);
  const scatter = xs.length > 2 ? Math.sqrt(residual / (xs.length - 2)) : Number.NaN;
  return {
    meanX,
    meanY,
    slope,
    slopeError: at(standardErrors, 1),
    scatter,
    explained: 1 - residual / values.reduce((sum, y) => sum + y * y, 0),
    at: (x) => meanY + slope * (x - meanX),
    deviationAt: (x) =>
      scatter * Math.sqrt(1 + 1 / xs.length + ((x - meanX) * (x - meanX)) / spread),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
