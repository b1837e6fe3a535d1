import { type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { measureTrainingCompute } from "./training-compute.ts";

const millidays = z.int().min(1);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-06-04");

/**
 * `indicator/measure`: a measurement with the hash of its input. Evidence class `anyone`: the input lies beside the log,
 * and audit measures again.
 */
export const indicatorMeasure = {
  type: "indicator/measure",
  roles: ["keeper", "party"],
  body: z.strictObject({
    indicator: z.literal("training-compute"),
    evidenceClass: z.literal("anyone"),
    method: z.strictObject({ name: z.literal("frontier-log-trend"), version: z.literal(1) }),
    source: z.string().min(1).max(500),
    input: sha256Schema,
    from: day,
    result: z.strictObject({
      doublingMillidays: millidays,
      fastestMillidays: millidays,
      slowestMillidays: millidays.nullable(),
      points: z.int().min(3),
      newest: day,
    }),
  }),
} satisfies StatementKind;

/** Body of `indicator/measure`. */
export type IndicatorMeasurement = z.infer<typeof indicatorMeasure.body>;

/** Measures an input and writes the statement's body; `hash` is the input's SHA-256. */
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
