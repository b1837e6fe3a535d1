import { at } from "../at.ts";

/** A material balance of one period: what was there, came, went, and was found. All in one unit. */
export interface Balance {
  readonly begin: number;
  readonly increases: number;
  readonly decreases: number;
  readonly end: number;
}

/**
 * Material unaccounted for: book less physical inventory, so that a loss is positive (IAEA's sign; IAEA Safeguards Glossary,
 * "material unaccounted for"). For compute: capacity, and what was declared and found of it.
 *
 * @example unaccounted({ begin: 100, increases: 50, decreases: 40, end: 108 }) // 2
 */
export function unaccounted({ begin, increases, decreases, end }: Balance): number {
  return begin + increases - decreases - end;
}

/** Errors of measurement of one period's balance, as standard deviations of each of its four parts. */
export type BalanceErrors = Balance;

/**
 * Covariance of the balances of consecutive periods whose errors are random: the inventory between two periods ends one and
 * begins the next, so its error stands in both with opposite signs. A systematic share of an error is common to all periods.
 *
 * @param systematic standard deviation of an error that is the same in every period, such as a meter that reads low
 */
export function balanceCovariance(
  periods: readonly BalanceErrors[],
  systematic = 0,
): Float64Array[] {
  return periods.map((errors, i) =>
    Float64Array.from(periods, (_, j) => {
      const common = systematic * systematic;
      if (i === j) {
        const { begin, increases, decreases, end } = errors;
        return begin * begin + increases * increases + decreases * decreases + end * end + common;
      }
      if (Math.abs(i - j) > 1) return common;
      const between = at(periods, Math.max(i, j)).begin;
      return common - between * between;
    }),
  );
}
