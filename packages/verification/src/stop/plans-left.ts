import type { Period, Run } from "@standstill/evidence";
import { formatQuantity, parseQuantity } from "@standstill/record";
import { isExempt } from "../checks/exempt.ts";
import { isPlannedBefore } from "../checks/held-to.ts";
import { type DutyInForce, type DutyStretch, dutiesInForce } from "../duties-in-force.ts";
import { namedIn } from "../lineage.ts";
import type { Subject } from "../subject.ts";
import { isAfterStop } from "./stop-time.ts";

/**
 * The subject with training that was declared before a pause left out of the time in which everything stands still: such a run is a plan
 * that a pause ends, so it explains nothing there, and nobody is asked for the work that it was to do. What it was to do counts evenly
 * over its time. Runs that an exemption frees, and those declared in the pause, stay as they are.
 */
export function withPlansLeft(subject: Subject): Subject {
  const stopping = dutiesInForce(subject).filter(
    ({ kind, stretches }) => kind === "training-run-limit" && stretches.some(isAfterStop),
  );
  if (stopping.length === 0) return subject;
  const runs = subject.runs.flatMap((run) =>
    run.activity === "training" ? remaining(run, stopsOf(subject, stopping, run)) : [run],
  );
  return { ...subject, runs };
}

/** The time in which a run was to stand still. */
function stopsOf(subject: Subject, stopping: readonly DutyInForce[], run: Run): Period[] {
  const { notBeforeMs, index } = namedIn(subject.beside.allRuns).get(run.run) ?? {};
  const isLeft = ({ pause }: DutyStretch) =>
    pause !== null && isPlannedBefore(pause, { notBeforeMs, index });
  return stopping
    .filter((duty) => !isExempt(subject, duty, { run }))
    .flatMap(({ stretches }) => stretches.filter((one) => isAfterStop(one) && isLeft(one)));
}

/** A run without some time: a part of it before, between and after, each with its share of the work. */
function remaining(run: Run, without: readonly Period[]): Run[] {
  const end = Date.parse(run.period.end);
  let from = Date.parse(run.period.start);
  const parts: Run[] = [];
  for (const { startMs, endMs } of [...without].sort((a, b) => a.startMs - b.startMs)) {
    if (endMs <= from || startMs >= end) continue;
    if (startMs > from) parts.push(partOf(run, from, startMs));
    from = endMs;
  }
  if (from === Date.parse(run.period.start)) return [run];
  return from < end ? [...parts, partOf(run, from, end)] : parts;
}

function partOf(run: Run, startMs: number, endMs: number): Run {
  const { work, period } = run;
  const all = BigInt(Date.parse(period.end) - Date.parse(period.start));
  const share = (amount: bigint) => (amount * BigInt(endMs - startMs)) / all;
  return {
    ...run,
    period: { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() },
    work:
      work.basis === "tokens"
        ? { ...work, tokens: formatQuantity(share(parseQuantity(work.tokens, "tokens")), "tokens") }
        : { ...work, seconds: formatQuantity(share(parseQuantity(work.seconds, "s")), "s") },
  };
}
