import type { IndicatorMeasurement } from "./statements/measurement.ts";
import { measureTrainingCompute } from "./training-compute.ts";

/** Measures published training compute and writes the body of `indicator/measure`; `hash` is the input's SHA-256. */
export function measurementBody(
  input: string,
  hash: string,
  from: string,
  source: string,
): IndicatorMeasurement {
  return {
    indicator: "training-compute",
    evidenceClass: "anyone",
    method: { name: "frontier-log-trend", version: 1 },
    source,
    input: hash,
    from,
    result: measureTrainingCompute(input, from),
  };
}
