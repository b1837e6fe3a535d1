import { instantSchema } from "@standstill/record";
import { z } from "zod";

/** One job of a scheduler's accounting. */
export const jobSchema = z.strictObject({
  id: z.string().min(1).max(100),
  account: z.string().max(200),
  state: z.string().min(1).max(50),
  start: instantSchema,
  end: instantSchema,
  accelerators: z.int().min(0).max(10_000_000),
});

/** One job of a scheduler's accounting. */
export type Job = z.infer<typeof jobSchema>;

/** Accelerator-seconds of jobs in every end state: counting only completed ones would miss most of the use. */
export function acceleratorSeconds(jobs: readonly Job[]): number {
  return jobs.reduce(
    (sum, job) =>
      sum + (Math.max(0, Date.parse(job.end) - Date.parse(job.start)) / 1000) * job.accelerators,
    0,
  );
}
