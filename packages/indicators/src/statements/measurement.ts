import { INDICATOR_NAMES, indicatorValue } from "@standstill/agreement";
import { billionths, nameSchema, sha256Schema, versionSchema } from "@standstill/record";
import { z } from "zod";

const millidays = z.int().min(1);
const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-06-04");
/** A sentence of a person's. */
export const sentenceSchema = z.string().min(1).max(500);
/** By what method something was measured. */
export const methodSchema = z.strictObject({
  name: nameSchema,
  version: z.int().min(1).max(1_000_000),
});
/** The first and the last day of a period. */
export const daysSchema = z
  .strictObject({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to, "expected a day to that is not before from");

/** Doubling of published training compute: the input lies beside the log, and audit measures again. */
const publishedSchema = z.strictObject({
  indicator: z.literal("training-compute"),
  evidenceClass: z.literal("anyone"),
  /** Any on record: who recomputes it has to have the method. */
  method: z.strictObject({ name: nameSchema, version: versionSchema }),
  source: sentenceSchema,
  input: sha256Schema,
  from: daySchema,
  result: z.strictObject({
    doublingMillidays: millidays,
    fastestMillidays: millidays,
    slowestMillidays: millidays.nullable(),
    points: z.int().min(3),
    newest: daySchema,
  }),
});

/** A number measured from inputs that stay where they are: only what commits to them is said. */
const measuredSchema = z.strictObject({
  indicator: z.enum(INDICATOR_NAMES),
  evidenceClass: z.literal("measurer"),
  /** Whose development it is; `world` for what is published of everybody. */
  subject: nameSchema,
  period: daysSchema,
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
    z.strictObject({ cannotSay: sentenceSchema }),
  ]),
});

/**
 * A measurement. Of published data anybody can measure again (evidence class `anyone`); of a lab's own data it is the measurer's word, with a
 * commitment to the rows, from which a sample can be drawn and opened (evidence class `measurer`).
 */
export const measurementSchema = z.discriminatedUnion("indicator", [
  publishedSchema,
  measuredSchema,
]);

/** A measurement of published data. */
export type IndicatorMeasurement = z.infer<typeof publishedSchema>;
/** A measurement of a lab's own data. */
export type MeasuredIndicator = z.infer<typeof measuredSchema>;
