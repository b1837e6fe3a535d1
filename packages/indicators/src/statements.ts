import { INDICATOR_NAMES, indicatorValue } from "@standstill/agreement";
import { nameSchema, type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { billionths } from "./decimal.ts";
import { measureTrainingCompute } from "./training-compute.ts";

const millidays = z.int().min(1);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-06-04");
const sentence = z.string().min(1).max(500);

/** Doubling of published training compute: the input lies beside the log, and audit measures again. */
const publishedSchema = z.strictObject({
  indicator: z.literal("training-compute"),
  evidenceClass: z.literal("anyone"),
  method: z.strictObject({ name: z.literal("frontier-log-trend"), version: z.literal(1) }),
  source: sentence,
  input: sha256Schema,
  from: day,
  result: z.strictObject({
    doublingMillidays: millidays,
    fastestMillidays: millidays,
    slowestMillidays: millidays.nullable(),
    points: z.int().min(3),
    newest: day,
  }),
});

const methodSchema = z.strictObject({ name: nameSchema, version: z.int().min(1).max(1_000_000) });

/** A number measured from inputs that stay where they are: only what commits to them is said. */
const measuredSchema = z.strictObject({
  indicator: z.enum(INDICATOR_NAMES),
  evidenceClass: z.literal("measurer"),
  /** Whose development it is; `world` for what is published of everybody. */
  subject: nameSchema,
  period: z
    .strictObject({ from: day, to: day })
    .refine(({ from, to }) => from <= to, "expected a day to that is not before from"),
  method: methodSchema,
  /** What else the method was told, as penalty or weights. */
  parameters: z.record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/), z.string().max(200)),
  /** Root of the rows with their salts; see `commitRows`. */
  commitment: sha256Schema,
  rows: z.int().min(0),
  result: z.union([
    z
      .strictObject({
        value: indicatorValue,
        /** 95 % interval, where the method gives one. */
        low: indicatorValue.nullable(),
        high: indicatorValue.nullable(),
        /** Beyond what the instrument can measure: it is exhausted, which is a reason to watch. */
        isBeyondInstrument: z.boolean(),
      })
      .refine(
        ({ low, value, high }) =>
          (low === null || billionths(low) <= billionths(value)) &&
          (high === null || billionths(value) <= billionths(high)),
        "expected a value inside of its interval",
      ),
    z.strictObject({ cannotSay: sentence }),
  ]),
});

/**
 * `indicator/measure`: a measurement. Of published data anybody can measure again (evidence class `anyone`); of a lab's own data it is
 * the measurer's word, with a commitment to the rows, from which a sample can be drawn and opened (evidence class `measurer`).
 */
export const indicatorMeasure = {
  type: "indicator/measure",
  roles: ["keeper", "party", "inspector"],
  body: z.discriminatedUnion("indicator", [publishedSchema, measuredSchema]),
} satisfies StatementKind;

/** Body of `indicator/measure` from published data. */
export type IndicatorMeasurement = z.infer<typeof publishedSchema>;
/** Body of `indicator/measure` from a lab's own data. */
export type MeasuredIndicator = z.infer<typeof measuredSchema>;

/**
 * `indicator/claim`: what a party says of itself in public, as "80 % of merged code is written by AI". Others may reproduce or
 * contradict it; until then it is unsupported.
 */
export const indicatorClaim = {
  type: "indicator/claim",
  roles: ["party"],
  body: z.strictObject({
    indicator: z.enum(INDICATOR_NAMES),
    period: z
      .strictObject({ from: day, to: day })
      .refine(({ from, to }) => from <= to, "expected a day to that is not before from"),
    /** Whether the claim is a number, at least it, or at most it. */
    says: z.enum(["exactly", "at-least", "at-most"]),
    value: indicatorValue,
    /** By what method the party says that it measured; `null` where it does not say. */
    method: methodSchema.nullable(),
    words: sentence,
    source: sentence,
  }),
} satisfies StatementKind;

/** Body of `indicator/claim`. */
export type IndicatorClaim = z.infer<typeof indicatorClaim.body>;

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
