import {
  type Balance,
  type BalanceErrors,
  balanceCovariance,
  leastDetectable,
  limitsFor,
  type PeriodTest,
  type SequentialLimits,
  sigmaOfSum,
  testPeriods,
  unaccounted,
} from "@standstill/statistics";

/** Balances of one site over periods that follow each other. */
export interface PeriodBalances {
  /** Unit of all amounts. */
  readonly unit: string;
  /** Accepted probability of any false alarm over all periods. */
  readonly falseAlarms: number;
  /** Standard deviation of an error that is the same in every period. */
  readonly systematic: number | undefined;
  /** Smallest loss that matters. */
  readonly significant: number | undefined;
  readonly periods: readonly (Balance & {
    readonly name: string | undefined;
    /** Standard deviations of the amounts. */
    readonly errors: BalanceErrors;
  })[];
}

/** What the balances say together. */
export interface BalanceTest {
  readonly unit: string;
  readonly limits: SequentialLimits;
  readonly periods: readonly (PeriodTest & {
    readonly name: string;
    readonly unaccounted: number;
  })[];
  readonly alarms: number;
  /** The least loss that would be noticed over all periods with a probability of `DETECTION`. */
  readonly leastDetectable: number;
  /** Whether that is no more than what matters; nothing where nobody said what matters. */
  readonly isSmallEnough?: boolean;
}

/** Probability with which the least detectable loss would be noticed. */
export const DETECTION = 0.9;

/**
 * What came, went and was found, period by period, and whether something is missing on the whole, under one budget of false alarms: half of it for
 * Page's test, half for the cumulated balances.
 *
 * @throws RangeError where no covariance follows from the errors
 */
export function testBalances(balances: PeriodBalances): BalanceTest {
  const { unit, falseAlarms, systematic, significant, periods } = balances;
  const sums = periods.map((period) => ({ period, sum: unaccounted(period) }));
  const covariance = balanceCovariance(
    periods.map(({ errors }) => errors),
    systematic,
  );
  const limits = limitsFor(periods.length, falseAlarms);
  const tests = testPeriods(
    sums.map(({ sum }) => sum),
    covariance,
    limits,
  );
  const share = falseAlarms / 2 / periods.length;
  const least = leastDetectable(sigmaOfSum(covariance), share, DETECTION);
  return {
    unit,
    limits,
    periods: sums.flatMap(({ period, sum }, i) => {
      const test = tests[i];
      return test === undefined
        ? []
        : [{ name: period.name ?? String(i + 1), unaccounted: sum, ...test }];
    }),
    alarms: tests.reduce((all, { alarms }) => all + alarms.length, 0),
    leastDetectable: least,
    ...(significant === undefined ? {} : { isSmallEnough: least <= significant }),
  };
}
