import type { CounterWindows, Job, Period, Windows } from "@standstill/evidence";
import type { Subject } from "./subject.ts";

/**
 * A subject as far as its evidence lies in a span: the windows that lie wholly inside, and what was declared for some of that time. What was
 * measured of the site by others stays whole. The period begins and ends with windows; what is cut off at its ends is less than one.
 */
export function within(subject: Subject, span: Period): Subject {
  const { period, evidence, runs, beside } = subject;
  if (span.startMs <= period.startMs && span.endMs >= period.endMs) return subject;
  const { windows } = evidence;
  const cut = windows === undefined ? undefined : cutWindows(windows, span);
  const inside =
    cut === undefined
      ? span
      : { startMs: cut.startMs, endMs: cut.startMs + cut.count * cut.windowMs };
  const isInside = (run: Subject["runs"][number]) =>
    Date.parse(run.period.start) < span.endMs && Date.parse(run.period.end) > span.startMs;
  return {
    ...subject,
    period: inside,
    runs: runs.filter(isInside),
    evidence: {
      ...evidence,
      windows: cut,
      counters: evidence.counters.map((counter) => cutCounter(counter, span)),
      jobs: evidence.jobs?.flatMap((job) => cutJob(job, span)),
    },
    beside: { ...beside, lateRuns: beside.lateRuns.filter(isInside) },
  };
}

function cutJob(job: Job, span: Period): Job[] {
  const start = Math.max(span.startMs, Date.parse(job.start));
  const end = Math.min(span.endMs, Date.parse(job.end));
  if (end <= start) return [];
  return [{ ...job, start: new Date(start).toISOString(), end: new Date(end).toISOString() }];
}

interface Grid {
  readonly startMs: number;
  readonly windowMs: number;
  readonly count: number;
  readonly devices: readonly string[];
}

/** First window that lies wholly in a span, and how many do. */
function cutGrid({ startMs, windowMs, count }: Grid, span: Period) {
  const first = Math.min(count, Math.max(0, Math.ceil((span.startMs - startMs) / windowMs)));
  const end = Math.min(count, Math.max(first, Math.floor((span.endMs - startMs) / windowMs)));
  return { first, grid: { startMs: startMs + first * windowMs, windowMs, count: end - first } };
}

function cutWindows(windows: Windows, span: Period): Windows {
  const { first, grid } = cutGrid(windows, span);
  const cells = windows.devices.length * grid.count;
  const cut: Windows = {
    ...grid,
    devices: windows.devices,
    readings: new Uint16Array(cells),
    powerMilliwatts: new Uint32Array(cells),
    energyMillijoules: new Uint32Array(cells),
  };
  for (const column of ["readings", "powerMilliwatts", "energyMillijoules"] as const)
    copyColumn(windows[column], cut[column], windows, first, grid.count);
  return cut;
}

function cutCounter(counter: CounterWindows, span: Period): CounterWindows {
  const { first, grid } = cutGrid(counter, span);
  const cells = counter.devices.length * grid.count;
  const readings = new Uint16Array(cells);
  const values = new Float64Array(cells);
  copyColumn(counter.readings, readings, counter, first, grid.count);
  copyColumn(counter.values, values, counter, first, grid.count);
  const { quantity, devices } = counter;
  return { ...grid, quantity, devices, readings, values };
}

function copyColumn(
  from: Uint16Array | Uint32Array | Float64Array,
  to: Uint16Array | Uint32Array | Float64Array,
  { devices, count }: Grid,
  first: number,
  kept: number,
): void {
  for (let row = 0; row < devices.length; row++) {
    const start = row * count + first;
    to.set(from.subarray(start, start + kept), row * kept);
  }
}
