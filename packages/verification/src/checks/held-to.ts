import { declaredFlop } from "../account/index.ts";
import type { DutyStretch } from "../duties-in-force.ts";
import type { RunOnRecord, Subject } from "../subject.ts";

/**
 * To which limit a declared run is held in a piece of time in which a limit is in force, and how much of it counts:
 *
 * - A run is held to the limit of each piece that it overlaps, by all that it has done until the end of that piece. So a limit that falls
 *   while a run goes on falls on all of it, and a run that had ended before is not held to the lower one.
 * - What it has done until an instant is its share of time, as if it went on evenly; who works unevenly declares a run for each stretch.
 * - In a pause a run that was declared before the pause is a plan, which may have been left: whether it was is told by the readings,
 *   not by the plan. Until the hour at which everything stands still it may go on if it had begun, under the limit that held before the pause.
 *
 * @returns the limit in FLOP with its unit; nothing where the run is not held to any
 */
export function limitFor(
  { startMs, endMs, pause, duty }: DutyStretch,
  one: Pick<RunOnRecord, "run" | "notBeforeMs" | "index">,
): string | undefined {
  const begins = Date.parse(one.run.period.start);
  if (begins >= endMs || Date.parse(one.run.period.end) <= startMs) return undefined;
  if (pause === null || !isPlannedBefore(pause, one)) return duty.limit;
  return begins <= pause.since ? duty.finishing : undefined;
}

/** Whether a run was declared before a pause began: by its entry on the record, or by the marks where time alone began the pause. */
export function isPlannedBefore(
  { since, index }: NonNullable<DutyStretch["pause"]>,
  one: Pick<RunOnRecord, "notBeforeMs" | "index">,
): boolean {
  if (one.notBeforeMs === undefined) return false;
  if (index !== null && one.index !== undefined) return one.index < index;
  // Nobody is accused for what may have been said before.
  return one.notBeforeMs <= since;
}

/** FLOP that a declared run has done until an instant, by its share of time; the upper end of what was declared, rounded down. */
export function doneUntil(
  { terms }: Pick<Subject, "terms">,
  { run, site }: Pick<RunOnRecord, "run" | "site">,
  until: number,
): bigint {
  const { high } = declaredFlop(run, { site, terms });
  const [start, end] = [Date.parse(run.period.start), Date.parse(run.period.end)];
  if (until >= end) return high;
  return until <= start ? 0n : (high * BigInt(until - start)) / BigInt(end - start);
}
