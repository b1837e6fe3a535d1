/** Tests over many periods: a budget of false alarms for the whole time, and losses that no single period shows. */
export { type Balance, type BalanceErrors, balanceCovariance, unaccounted } from "./balance.ts";
export { leastDetectable, limitsFor } from "./design/limits.ts";
export { normalCumulative, normalQuantile } from "./design/normal.ts";
export { alarmProbability, averageRunLength, limitForHorizon } from "./design/page-design.ts";
export { type DifferenceErrors, differenceStatistic, type ReadTwice } from "./difference.ts";
export { type PeriodTest, type SequentialLimits, testPeriods } from "./judge.ts";
export { type PageTest, pageStatistics } from "./page.ts";
export { cumulatedBalances, independentResiduals, sigmaOfSum } from "./sitmuf.ts";
export { type RatioTest, ratioTest, type SequentialDecision } from "./sprt.ts";
