import { at, doubleAt } from "../at.ts";

/**
 * Standardised independent residuals of a series of balances: with the covariance as L times its transpose, z is the solution of L z =
 * x, so that without a loss each is of variance one and none tells of another (SITMUF; Burr and Hamada, Science and Technology of
 * Nuclear Installations 2013, 961360). z of a period depends on balances up to it only.
 *
 * @throws RangeError where the covariance is of other size, or no covariance: not symmetric and positive
 * @example independentResiduals([2], [Float64Array.of(4)]) // [1]
 */
export function independentResiduals(
  balances: readonly number[],
  covariance: readonly Float64Array[],
): Float64Array {
  const lower = cholesky(covariance, balances.length);
  const residuals = new Float64Array(balances.length);
  for (let i = 0; i < balances.length; i++) {
    let rest = at(balances, i);
    for (let k = 0; k < i; k++) rest -= cell(lower, i, k) * at(residuals, k);
    residuals[i] = rest / cell(lower, i, i);
  }
  return residuals;
}

/**
 * The cumulated balance up to each period in units of its own standard deviation (CUMUF).
 *
 * @throws RangeError as `independentResiduals`
 */
export function cumulatedBalances(
  balances: readonly number[],
  covariance: readonly Float64Array[],
): Float64Array {
  cholesky(covariance, balances.length);
  const found = new Float64Array(balances.length);
  let [sum, variance] = [0, 0];
  for (let i = 0; i < balances.length; i++) {
    sum += at(balances, i);
    variance += cell(covariance, i, i);
    for (let k = 0; k < i; k++) variance += 2 * cell(covariance, i, k);
    found[i] = sum / Math.sqrt(variance);
  }
  return found;
}

/** Standard deviation of the sum of all balances. */
export function sigmaOfSum(covariance: readonly Float64Array[]): number {
  let variance = 0;
  for (const row of covariance) for (const one of row) variance += one;
  return Math.sqrt(variance);
}

function cholesky(covariance: readonly Float64Array[], size: number): Float64Array[] {
  if (covariance.length !== size || covariance.some((row) => row.length !== size)) {
    throw new RangeError(`expected a covariance of ${size} by ${size}, got another size`);
  }
  const lower = covariance.map(() => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let k = 0; k <= i; k++) {
      if (cell(covariance, i, k) !== cell(covariance, k, i)) {
        throw new RangeError("expected a symmetric covariance, got another");
      }
      let rest = cell(covariance, i, k);
      for (let m = 0; m < k; m++) rest -= cell(lower, i, m) * cell(lower, k, m);
      if (k < i) at(lower, i)[k] = rest / cell(lower, k, k);
      else {
        if (!(rest > 0))
          throw new RangeError("expected a positive covariance, got one that is not");
        at(lower, i)[i] = Math.sqrt(rest);
      }
    }
  }
  return lower;
}

function cell(matrix: readonly Float64Array[], row: number, column: number): number {
  return doubleAt(at(matrix, row), column);
}
