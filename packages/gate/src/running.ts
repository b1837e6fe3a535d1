import { MINUTE_MS } from "@standstill/record";
import { z } from "zod";
import { GateError } from "./error.ts";
import type { Ledger, Reservation } from "./ledger.ts";
import type { JobRequest } from "./request.ts";

const schema = z.strictObject({
  /** What stands before the colon of its jobs' names. */
  scheduler: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, "expected a scheduler's name as slurm"),
  /** Names of all its jobs with accelerators that run now. */
  jobs: z.array(z.string().max(200)).max(50_000),
});

/** What a scheduler says runs now. */
export type RunningJobs = z.infer<typeof schema>;

/** Reads what a scheduler says runs now. @throws GateError `malformed-request` for anything else */
export function parseRunning(value: unknown): RunningJobs {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new GateError("malformed-request", "expected a scheduler and the names of its jobs");
  const { scheduler, jobs } = parsed.data;
  const stranger = jobs.find((job) => !job.startsWith(`${scheduler}:`));
  if (stranger === undefined) return parsed.data;
  throw new GateError("malformed-request", `expected names as ${scheduler}:1, got "${stranger}"`);
}

/** How a ledger and a scheduler differ. */
export interface RunningDifference {
  /** Jobs that the ledger holds and that run no more: nobody told of their end. */
  readonly ended: readonly string[];
  /** Jobs that run and whose lease is about to run out. */
  readonly toRenew: readonly JobRequest[];
  /** Jobs that run and that nobody let in. */
  readonly unknown: readonly string[];
}

/** A job that was just let in may have started after the scheduler was asked. */
const JUST_MS = 5 * MINUTE_MS;

/**
 * How what a ledger holds differs from what a scheduler says runs now.
 *
 * @param now instant at which the scheduler was asked; POSIX milliseconds
 * @example compareRunning(ledger, parseRunning({ scheduler: "slurm", jobs: ["slurm:7"] }), Date.now()).unknown
 */
export function compareRunning(
  { running }: Ledger,
  { scheduler, jobs }: RunningJobs,
  now: number,
): RunningDifference {
  const told = new Set(jobs);
  const held = [...running.values()].filter(({ request }) =>
    request.job.startsWith(`${scheduler}:`),
  );
  return {
    ended: held
      .filter(({ request, since }) => !told.has(request.job) && since + JUST_MS < now)
      .map(({ request }) => request.job),
    toRenew: held
      .filter((one) => told.has(one.request.job) && isLease(one) && isNearlyOver(one, now))
      .map(({ request }) => request),
    unknown: [...told].filter((job) => !running.has(job)).sort(),
  };
}

/** Whether a job may run for less than its own time limit, or has none, so that it asks again. */
export function isLease({ request, since, until }: Reservation): boolean {
  return request.seconds === null || until < since + request.seconds * 1000;
}

function isNearlyOver({ since, until }: Reservation, now: number): boolean {
  return until - now <= (until - since) / 4;
}
