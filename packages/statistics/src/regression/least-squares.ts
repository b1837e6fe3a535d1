import { at, doubleAt } from "../at.ts";
import { inverseOf } from "./linear.ts";

/** A fit by ordinary least squares. */
export interface LeastSquares {
  readonly coefficients: Float64Array;
  /** Standard error of each coefficient; NaN where there are no more points than coefficients. */
  readonly standardErrors: readonly number[];
  /** Sum of squares of what is left. */
  readonly residual: number;
  /** Covariance of two coefficients. */
  covariance(one: number, other: number): number;
}

/** Columns whose inverse is known, so that many series of values can be fitted with them. */
export interface Design {
  readonly columns: readonly Float64Array[];
  readonly inverse: readonly Float64Array[];
}

/** Columns made ready for fits; `undefined` where they do not determine coefficients. */
export function designOf(columns: readonly ArrayLike<number>[]): Design | undefined {
  const own = columns.map((column) => Float64Array.from(column));
  const inverse = inverseOf(own.map((a) => own.map((b) => dot(a, b))));
  return inverse === undefined ? undefined : { columns: own, inverse };
}

/** Coefficients of columns that come closest to the values, with their errors. */
export function leastSquares(design: Design, values: Float64Array): LeastSquares {
  const { coefficients, residual } = closest(design, values);
  const degrees = values.length - design.columns.length;
  const covariance = (one: number, other: number) =>
    degrees > 0 ? (residual / degrees) * doubleAt(at(design.inverse, one), other) : Number.NaN;
  return {
    coefficients,
    residual,
    covariance,
    standardErrors: design.columns.map((_, k) => Math.sqrt(covariance(k, k))),
  };
}

/** Coefficients alone, and the sum of squares of what is left. */
export function closest(
  { columns, inverse }: Design,
  values: Float64Array,
): Pick<LeastSquares, "coefficients" | "residual"> {
  // Permutation tests ask this many thousand times of few values, so nothing is made but what is returned, and one rest.
  const coefficients = new Float64Array(columns.length);
  const rest = values.slice();
  for (let k = 0; k < columns.length; k++) {
    const product = dot(at(columns, k), values);
    for (let j = 0; j < columns.length; j++)
      coefficients[j] = doubleAt(coefficients, j) + doubleAt(at(inverse, j), k) * product;
  }
  for (let k = 0; k < columns.length; k++) {
    const [column, coefficient] = [at(columns, k), doubleAt(coefficients, k)];
    for (let i = 0; i < rest.length; i++)
      rest[i] = doubleAt(rest, i) - coefficient * doubleAt(column, i);
  }
  return { coefficients, residual: dot(rest, rest) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += doubleAt(a, i) * doubleAt(b, i);
  return sum;
}
