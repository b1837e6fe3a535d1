import { at } from "../at.ts";
import { type PageTest, pageStatistics } from "./page.ts";
import { cumulatedBalances, independentResiduals } from "./sitmuf.ts";

/** Limits of the tests over many periods, in standard deviations. They are computed once, and agreed. */
export interface SequentialLimits {
  readonly page: PageTest;
  /** Above it the cumulated balance alarms. */
  readonly cumulated: number;
}

/** What the tests say after one period. */
export interface PeriodTest {
  /** Cumulated balance in its own standard deviations (CUMUF). */
  readonly cumulated: number;
  /** Standardised independent residual (SITMUF). */
  readonly residual: number;
  /** Page's statistic of the residuals. */
  readonly page: number;
  readonly alarms: readonly ("cumulated" | "page")[];
}

/**
 * Runs both tests over a series of balances: the cumulated one for what is lost at once, Page's for what is lost little by little.
 * Both share one budget of false alarms, which is in the limits.
 *
 * @throws RangeError as `independentResiduals`
 */
export function testPeriods(
  balances: readonly number[],
  covariance: readonly Float64Array[],
  limits: SequentialLimits,
): PeriodTest[] {
  const residuals = independentResiduals(balances, covariance);
  const cumulated = cumulatedBalances(balances, covariance);
  const page = pageStatistics(residuals, limits.page);
  return balances.map((_, i) => {
    const sum = at(cumulated, i);
    const statistic = at(page, i);
    return {
      cumulated: sum,
      residual: at(residuals, i),
      page: statistic,
      alarms: [
        ...(sum > limits.cumulated ? (["cumulated"] as const) : []),
        ...(statistic > limits.page.limit ? (["page"] as const) : []),
      ],
    };
  });
}
