/**
 * Mathematics with one source of randomness, the same bytes on every machine: + − × ÷ and √ alone. It knows nothing of what it counts.
 */
export { at } from "./at.ts";
export { binomialAtLeast } from "./distributions/binomial.ts";
export { sigmasFor } from "./distributions/one-sided.ts";
export { studentCumulative, studentQuantile } from "./distributions/student.ts";
export { exponential, exponentialOfTwo } from "./elementary/exponential.ts";
export { binaryLogarithm, naturalLogarithm } from "./elementary/logarithm.ts";
export { wholePower } from "./elementary/power.ts";
export { FIRST_HASH, hashWith } from "./hash.ts";
export { clopperPearson } from "./intervals/clopper-pearson.ts";
export { type Proportion, proportionOf } from "./intervals/proportion.ts";
export { clusteredShare } from "./intervals/resampled-share.ts";
export { commonMovement } from "./permutation/common-movement.ts";
export { drawsFor, exceedances, isSignificant } from "./permutation/exceedances.ts";
export { strongestRhythm } from "./permutation/rhythm.ts";
export { quantileOf, quantileOrNull } from "./quantiles.ts";
export { BinomialTables, drawFrom } from "./random/binomial-table.ts";
export { sampled, shuffled } from "./random/draw.ts";
export { type Random, randomFrom } from "./random/random.ts";
export { midRanks } from "./ranks.ts";
export {
  closest,
  type Design,
  designOf,
  type LeastSquares,
  leastSquares,
} from "./regression/least-squares.ts";
export { lineThrough } from "./regression/line.ts";
export { fitLogistic, type LogisticCurve, type Outcomes, partedAt } from "./regression/logistic.ts";
export { findRepeat, type SeriesTable } from "./repeats.ts";
export {
  type Balance,
  type BalanceErrors,
  balanceCovariance,
  unaccounted,
} from "./sequential/balance.ts";
export { leastDetectable, limitsFor } from "./sequential/design/limits.ts";
export { differenceStatistic } from "./sequential/difference.ts";
export { type PeriodTest, type SequentialLimits, testPeriods } from "./sequential/judge.ts";
export { sigmaOfSum } from "./sequential/sitmuf.ts";
export { Union } from "./union.ts";
