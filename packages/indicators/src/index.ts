/** How fast AI development goes, measured from published data, and when agreed tripwires trip. */
export { IndicatorError, type IndicatorErrorCode } from "./error.ts";
export { naturalLogarithm } from "./logarithm.ts";
export {
  type IndicatorState,
  noMeasurements,
  type PublishedMeasurement,
  reduceMeasurement,
} from "./reducer.ts";
export { type IndicatorMeasurement, indicatorMeasure, measurementBody } from "./statements.ts";
export {
  type Measured,
  measureTrainingCompute,
  type PublishedRun,
  parseTrainingCompute,
} from "./training-compute.ts";
export { type DatedValue, type Doubling, doublingOf, frontierOf } from "./trend.ts";
export { tripwireLevel } from "./tripwire.ts";
