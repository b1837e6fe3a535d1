import { nameSchema, quantitySchema } from "@standstill/record";
import { z } from "zod";
import { periodSchema } from "./period.ts";

/** How much work a run is declared to be: by tokens and parameters, or by time on accelerators. */
const workSchema = z.discriminatedUnion("basis", [
  z.strictObject({
    basis: z.literal("tokens"),
    /** Parameters that act on each token. */
    parameters: quantitySchema("parameters"),
    tokens: quantitySchema("tokens"),
  }),
  z.strictObject({
    basis: z.literal("accelerator-time"),
    accelerators: z.int().min(1),
    seconds: quantitySchema("s"),
  }),
]);

/** A run as its party declares it: one activity on named nodes of a site. */
export const runSchema = z.strictObject({
  run: nameSchema,
  site: nameSchema,
  activity: z.enum(["training", "inference", "other"]),
  /** Use of the agreement that it is for, where an exemption frees that use. */
  use: nameSchema.optional(),
  model: z.string().min(1).max(200),
  precision: z.enum(["bf16", "fp8"]),
  work: workSchema,
  nodes: z.array(nameSchema).min(1).max(600),
  period: periodSchema,
  /** Whether each node does its own work, as separate servers do, or all work on one thing. */
  nodesTogether: z.boolean(),
  /** Runs whose result it rests on: as the weights that it starts from, or as what it learns from. */
  parents: z
    .array(
      z.strictObject({
        run: nameSchema,
        as: z.enum(["weights", "merged-weights", "teacher", "synthetic-data", "reward-model"]),
      }),
    )
    .max(100)
    .optional(),
});

/** A run as its party declares it. */
export type Run = z.infer<typeof runSchema>;
