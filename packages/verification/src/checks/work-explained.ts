import type { Accelerator } from "@standstill/agreement";
import { millionths, parseQuantity, there } from "@standstill/record";
import { declaredInPeriod, highestPeak } from "../account/index.ts";
import { counterNamed, nodeSeries } from "../counters.ts";
import {
  type CheckResult,
  contradiction,
  type EvidenceCheck,
  type FindingTold,
  silent,
} from "../finding.ts";
import { type Interval, sum } from "../interval.ts";
import { type RunGroup, runGroups, windowOwners } from "../run-groups.ts";
import { nodesOf, type Subject } from "../subject.ts";
import { about, counterWords } from "../words/index.ts";

/**
 * FLOP by counters against FLOP by declaration, run by run: what tensor pipes did on a run's nodes while it ran must be what its
 * tokens and parameters need, neither more, with what was agreed for padding and recomputation, nor less.
 */
export const workExplained: EvidenceCheck = {
  id: "work-explained",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["counters"],
  accuses: true,
  underEvasion: "misled",
  run: (subject): CheckResult => {
    const yardstick = subject.terms.yardsticks?.counters;
    if (yardstick === undefined || counterNamed(subject, "tensor-activity") === undefined)
      return silent;
    const groups = runGroups(subject.runs);
    const work = workOf(subject, groups);
    const findings = groups.flatMap((group, i): FindingTold[] => {
      const done = there(work[i]);
      const told = sum(group.runs.map((run) => declaredInPeriod(run, subject)));
      const most = (told.high * millionths(yardstick.overhead)) / 1_000_000n;
      const numbers = {
        done: `${done.low} to ${done.high} FLOP`,
        declared: `${told.low} to ${told.high} FLOP`,
      };
      if (done.low > most) {
        const words = counterWords.workUnexplained(
          group.about,
          about(done.low, "FLOP"),
          about(most, "FLOP"),
          yardstick.overhead,
        );
        return [contradiction(group.about, words, { numbers, where: placeOf(group) })];
      }
      if (done.high < told.low) {
        const words = counterWords.workMissing(
          group.about,
          about(done.high, "FLOP"),
          about(told.low, "FLOP"),
        );
        return [contradiction(group.about, words, { numbers, where: placeOf(group) })];
      }
      return [];
    });
    return { findings, gaps: [] };
  },
};

/** When and where a group of runs ran. */
export function placeOf({ runs }: RunGroup) {
  const devices = [...new Set(runs.flatMap(({ nodes }) => nodes))].slice(0, 16);
  let [startMs, endMs] = [Number.POSITIVE_INFINITY, 0];
  for (const { period } of runs) {
    startMs = Math.min(startMs, Date.parse(period.start));
    endMs = Math.max(endMs, Date.parse(period.end));
  }
  return { devices, startMs, endMs };
}

/** Work of each group by busy tensor pipes: windows that are not wholly its own count in the upper end only, as busy throughout. */
function workOf(subject: Subject, groups: readonly RunGroup[]): Interval[] {
  const counter = counterNamed(subject, "tensor-activity");
  const pipe = subject.terms.yardsticks?.counters?.tensorPipe;
  const low = groups.map(() => 0n);
  const high = groups.map(() => 0n);
  if (counter === undefined || pipe === undefined) return groups.map(() => ({ low: 0n, high: 0n }));
  const owners = windowOwners(groups, counter);
  const partial = partialWindows(groups, counter);
  for (const { device, accelerator, accelerators } of nodesOf(subject)) {
    const owner = owners.get(device);
    if (owner === undefined) continue;
    const series = nodeSeries(counter, device, "mean");
    const busy = new Float64Array(groups.length);
    const silent = new Float64Array(groups.length);
    for (let w = 0; w < counter.count; w++) {
      const of = there(owner[w]);
      if (of < 0) continue;
      if (series === undefined || series.known[w] === 0) silent[of] = there(silent[of]) + 1;
      else busy[of] = there(busy[of]) + there(series.values[w]);
    }
    const each = BigInt(counter.windowMs) * accelerators;
    const least = each * parseQuantity(accelerator.peak.bf16, "FLOP/s");
    for (let i = 0; i < groups.length; i++) {
      if (busy[i] === 0 && silent[i] === 0 && !partial.has(`${i} ${device}`)) continue;
      const most = each * declaredPeak(there(groups[i]), accelerator);
      const edges = partial.get(`${i} ${device}`) ?? 0;
      const full = (there(silent[i]) + edges) * 1_000_000;
      low[i] = there(low[i]) + BigInt(Math.floor(there(busy[i]))) * least;
      high[i] = there(high[i]) + BigInt(Math.ceil(there(busy[i]) + full)) * most;
    }
  }
  const scale = 1_000_000_000_000_000n;
  return groups.map((_, i) => ({
    low: (there(low[i]) * millionths(pipe.low)) / scale,
    high: (there(high[i]) * millionths(pipe.high)) / scale,
  }));
}

/** The dense peak in the precision that all of a group declare, or the highest that is known. */
function declaredPeak({ runs }: RunGroup, accelerator: Accelerator): bigint {
  return runs.every(({ precision }) => precision === "bf16")
    ? parseQuantity(accelerator.peak.bf16, "FLOP/s")
    : highestPeak(accelerator);
}

/** At most two windows at the ends of each run on each of its nodes, and those that another group shares. */
function partialWindows(
  groups: readonly RunGroup[],
  { windowMs }: { readonly windowMs: number },
): Map<string, number> {
  const partial = new Map<string, number>();
  for (const [i, { runs }] of groups.entries()) {
    for (const run of runs) {
      const length = Date.parse(run.period.end) - Date.parse(run.period.start);
      const windows = Math.min(2, Math.ceil(length / windowMs) + 1);
      for (const node of run.nodes) {
        const key = `${i} ${node}`;
        partial.set(key, (partial.get(key) ?? 0) + windows);
      }
    }
  }
  return partial;
}
