import { nameSchema, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { shareSchema } from "./share.ts";
import { sentence } from "./words.ts";

const intervalSchema = (unit: "FLOP/J" | "W") =>
  z.strictObject({
    low: quantitySchema(unit),
    high: quantitySchema(unit),
    provenance: z.enum(["reported", "measured", "calculated", "estimated"]),
    source: sentence,
  });

/** One type of accelerator that the terms know, with what it can do and draw. */
export const acceleratorSchema = z.strictObject({
  id: nameSchema,
  name: z.string().min(1).max(100),
  /** Dense peak by precision; a precision that the catalogue leaves blank is absent, never zero. */
  peak: z.strictObject({
    bf16: quantitySchema("FLOP/s"),
    fp8: quantitySchema("FLOP/s").optional(),
  }),
  /** Model FLOP per joule at the node's wall, from sources other than the runs judged here. */
  efficiency: intervalSchema("FLOP/J"),
  /** Share of the dense bf16 peak that real training reaches. */
  utilization: z.strictObject({ low: shareSchema, high: shareSchema, source: sentence }),
  /** Power of one accelerator's share of a node at the wall: idle and full. */
  power: z.strictObject({ idle: intervalSchema("W"), full: intervalSchema("W") }),
  /** Its memory, where the catalogue knows it. */
  memory: quantitySchema("bytes").optional(),
  source: sentence,
});

/** What goes into a count besides the operations of the run itself. */
export const COUNTED_PARTS = [
  "synthetic-data",
  "merged-weights",
  "teacher-models",
  "reward-models",
  "failed-experiments",
  "recomputation",
] as const;

/** How compute is counted. */
export const countingSchema = z.strictObject({
  rule: z.enum(["every-operation-equally", "fp16-equivalent-maximum", "native-operations"]),
  includes: z.array(z.enum(COUNTED_PARTS)).max(COUNTED_PARTS.length).optional(),
  /** Error that an estimate may have, as a share of it. */
  errorMargin: shareSchema.optional(),
  source: sentence,
});

/** One H100-equivalent: the unit in which accelerators of all kinds are counted. */
export const h100eSchema = z.strictObject({
  peak: quantitySchema("FLOP/s"),
  precision: z.enum(["fp16", "bf16", "fp8"]),
  source: sentence,
});

/** Evasions that checks can be played against. */
export const EVASIONS = ["training-as-inference", "undeclared-run"] as const;
/** How far a cheat can go, from less to more. */
export const ADVERSARIES = ["leaves-meters-alone", "writes-own-readings"] as const;

/** The lower bound that seeing every one of sixty played evasions gives; no higher goal can be met by this method. */
export const HIGHEST_PROBABILITY = "0.94";

/** What verification has to achieve. */
export const goalsSchema = z.strictObject({
  significantQuantity: quantitySchema("FLOP"),
  /** Time within which cheating of that size is to be seen. */
  timelinessHours: z.int().min(1).max(87_600).optional(),
  detectionProbability: shareSchema,
  falseAlarmRate: shareSchema,
  evasions: z.array(z.enum(EVASIONS)).max(EVASIONS.length),
  adversary: z.enum(ADVERSARIES).optional(),
});
