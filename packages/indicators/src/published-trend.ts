import { DRAFT } from "@standstill/record";
import type { IndicatorMeasurement } from "./statements/measurement.ts";
import { measureTrainingCompute } from "./training-compute.ts";

/** Name of the method that measures published training compute. */
const METHOD = { name: "frontier-log-trend", version: DRAFT } as const;

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
    method: METHOD,
    source,
    input: hash,
    from,
    result: measureTrainingCompute(input, from),
  };
}

/** Whether this program has the method by which something was measured. */
export function isMeasuredByKnownMethod({ method }: Pick<IndicatorMeasurement, "method">): boolean {
  return method.name === METHOD.name && method.version === METHOD.version;
}

/** Measures again what somebody measured by a method that this program has, from the same input. */
export function measuredAgain(
  { input: hash, from, source }: IndicatorMeasurement,
  input: string,
): IndicatorMeasurement {
  return measurementBody(input, hash, from, source);
}
