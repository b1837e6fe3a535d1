/** A fit by ordinary least squares. */
export interface LeastSquares {
  readonly coefficients: readonly number[];
  /** Standard error of each coefficient; NaN where there are no more points than coefficients. */
  readonly standardErrors: readonly number[];
  /** Sum of squares of what is left. */
  readonly residual: number;
  /** Inverse of the matrix of products, row by row: covariance but for the variance. */
  readonly inverse: readonly (readonly number[])[];
}

/** Columns whose inverse is known, so that many series of values can be fitted with them. */
export interface Design {
  readonly columns: readonly (readonly number[])[];
  readonly inverse: readonly (readonly number[])[];
}

/** Columns made ready for fits; `undefined` where they do not determine coefficients. */
export function designOf(columns: readonly (readonly number[])[]): Design | undefined {
  const inverse = inverseOf(columns.map((a) => columns.map((b) => dot(a, b))));
  return inverse === undefined ? undefined : { columns, inverse };
}

/** Coefficients of columns that come closest to the values. */
export function leastSquares(
  { columns, inverse }: Design,
  values: readonly number[],
): LeastSquares {
  const { coefficients, residual } = closest({ columns, inverse }, values);
  const variance = residual / (values.length - columns.length);
  const standardErrors = inverse.map((row, k) =>
    values.length > columns.length ? Math.sqrt(variance * (row[k] as number)) : Number.NaN,
  );
  return { coefficients, standardErrors, residual, inverse };
}

/** Coefficients alone, and the sum of squares of what is left. */
export function closest({ columns, inverse }: Design, values: readonly number[]) {
  const products = columns.map((column) => dot(column, values));
  const coefficients = inverse.map((row) => dot(row, products));
  let residual = 0;
  for (let i = 0; i < values.length; i++) {
    let rest = values[i] as number;
    for (let k = 0; k < columns.length; k++)
      rest -= (coefficients[k] as number) * ((columns[k] as readonly number[])[i] as number);
    residual += rest * rest;
  }
  return { coefficients, residual };
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

const SINGULAR = 1e-10;

/** Gauss and Jordan, the largest pivot first. */
function inverseOf(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, k) => (i === k ? 1 : 0))]);
  for (let k = 0; k < size; k++) {
    const scale = Math.abs((matrix[k] as readonly number[])[k] as number);
    let pivot = k;
    for (let i = k + 1; i < size; i++) {
      if (Math.abs(rows[i]?.[k] as number) > Math.abs(rows[pivot]?.[k] as number)) pivot = i;
    }
    const [row, other] = [rows[pivot] as number[], rows[k] as number[]];
    rows[k] = row;
    rows[pivot] = other;
    const head = row[k] as number;
    if (!(Math.abs(head) > SINGULAR * Math.max(scale, 1e-300))) return undefined;
    for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) / head;
    for (const [i, its] of rows.entries()) {
      const factor = its[k] as number;
      if (i === k || factor === 0) continue;
      for (let j = 0; j < its.length; j++)
        its[j] = (its[j] as number) - factor * (row[j] as number);
    }
  }
  return rows.map((row) => row.slice(size));
}
