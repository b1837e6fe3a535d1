import { doubleAt } from "../at.ts";

/** So much less than the diagonal counts as nothing. */
const SINGULAR = 1e-10;

/**
 * Solutions of linear equations for several right sides at once (Gauss and Jordan, the largest pivot first): one row of unknowns for
 * each row of the matrix, one column for each right side.
 *
 * @returns `undefined` where the matrix is singular, to ten digits
 */
export function solved(
  matrix: readonly ArrayLike<number>[],
  right: readonly ArrayLike<number>[],
): Float64Array[] | undefined {
  const diagonal = matrix.map((row, k) => Math.abs(row[k] ?? Number.NaN));
  const rows = matrix.map((row, i) =>
    Float64Array.from([...Array.from(row), ...Array.from(right[i] ?? [])]),
  );
  for (const [k, scale] of diagonal.entries()) {
    const row = pivotTo(rows, k);
    const head = row === undefined ? 0 : doubleAt(row, k);
    if (row === undefined || !(Math.abs(head) > SINGULAR * Math.max(scale, 1e-300)))
      return undefined;
    for (let j = 0; j < row.length; j++) row[j] = doubleAt(row, j) / head;
    for (const other of rows) {
      const factor = doubleAt(other, k);
      if (other === row || factor === 0) continue;
      for (let j = 0; j < other.length; j++)
        other[j] = doubleAt(other, j) - factor * doubleAt(row, j);
    }
  }
  return rows.map((row) => row.slice(matrix.length));
}

/** Inverse of a matrix; `undefined` where there is none. */
export function inverseOf(matrix: readonly ArrayLike<number>[]): Float64Array[] | undefined {
  return solved(
    matrix,
    matrix.map((_, i) => Float64Array.from(matrix, (_row, k) => Number(i === k))),
  );
}

/** Swaps the row with the largest head from row k on into place k. */
function pivotTo(rows: Float64Array[], k: number): Float64Array | undefined {
  let [place, largest] = [k, -1];
  for (let i = k; i < rows.length; i++) {
    const size = Math.abs(rows[i]?.[k] ?? 0);
    if (size > largest) [place, largest] = [i, size];
  }
  const [pivot, other] = [rows[place], rows[k]];
  if (pivot === undefined || other === undefined) return undefined;
  rows[place] = other;
  rows[k] = pivot;
  return pivot;
}
