/**
 * Mathematics with one source of randomness, the same bytes on every machine: + − × ÷ and √ alone. It knows nothing of what it counts.
 */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { binomialAtLeast } from "./distributions/binomial.ts";
export { sigmasFor } from "./distributions/one-sided.ts";
export { studentCumulative, studentQuantile } from "./distributions/student.ts";
export { exponential, exponentialOfTwo } from "./elementary/exponential.ts";
export { binaryLogarithm, naturalLogarithm } from "./elementary/logarithm.ts";
export { clopperPearson } from "./intervals/clopper-pearson.ts";
export { type Proportion, proportionOf } from "./intervals/proportion.ts";
export { clusteredShare } from "./intervals/resampled-share.ts";
export { quantileOf } from "./quantiles.ts";
export { sampled, shuffled } from "./random/draw.ts";
export { type Random, randomFrom } from "./random/random.ts";
export { type Design, type LeastSquares, leastSquares } from "./regression/least-squares.ts";
export { lineThrough } from "./regression/line.ts";
export { fitLogistic, type LogisticCurve, type Outcomes } from "./regression/logistic.ts";
export { type BalanceErrors, balanceCovariance } from "./sequential/balance.ts";
export { leastDetectable, limitsFor } from "./sequential/design/limits.ts";
export { differenceStatistic } from "./sequential/difference.ts";
export { type PeriodTest, type SequentialLimits, testPeriods } from "./sequential/judge.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { at } from "./at.ts";
export { wholePower } from "./elementary/power.ts";
export { FIRST_HASH, hashWith } from "./hash.ts";
export { commonMovement } from "./permutation/common-movement.ts";
export { drawsFor, exceedances, isSignificant } from "./permutation/exceedances.ts";
export { strongestRhythm } from "./permutation/rhythm.ts";
export { quantileOrNull } from "./quantiles.ts";
export { BinomialTables, drawFrom } from "./random/binomial-table.ts";
export { closest, designOf } from "./regression/least-squares.ts";
export { partedAt } from "./regression/logistic.ts";
export { findRepeat, type SeriesTable } from "./repeats.ts";
export { type Balance, unaccounted } from "./sequential/balance.ts";
export { sigmaOfSum } from "./sequential/sitmuf.ts";
export { Union } from "./union.ts";
