import { describeIssues, nameSchema } from "@standstill/record";
import { z } from "zod";
import { GateError } from "./error.ts";

const job = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/, "expected a job's id as slurm:4711");

const requestSchema = z.strictObject({
  /** What the scheduler calls it; the same job asks again under the same name. */
  job,
  /** Accelerators of one task, and tasks of an array that may run at once. */
  accelerators: z.int().min(0).max(10_000_000),
  tasks: z.int().min(1).max(10_000_000).default(1),
  /** Kind of accelerator, by its name in the agreement; the fastest one there where nobody says. */
  accelerator: nameSchema.optional(),
  /** Time limit in seconds; `null` where it has none, which gives it a lease. */
  seconds: z.int().min(1).max(10_000_000_000).nullable(),
  /** What nobody says is taken for training. */
  activity: z.enum(["training", "inference", "other"]).default("training"),
  /** Run on record that it is part of. */
  run: nameSchema.optional(),
  /** Use of the agreement that it is for. */
  use: nameSchema.optional(),
});

/** A job that asks whether it may run. */
export type JobRequest = z.infer<typeof requestSchema>;
/** A request before defaults are filled in. */
export type JobQuestion = z.input<typeof requestSchema>;

/**
 * Reads a request.
 *
 * @throws GateError `malformed-request` for anything else, with what was expected
 * @example parseRequest({ job: "slurm:7", accelerators: 8, seconds: 3600 }).activity // "training"
 */
export function parseRequest(value: unknown): JobRequest {
  const parsed = requestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new GateError("malformed-request", describeIssues(parsed.error));
}
