import type { CounterWindows, Run } from "@standstill/evidence";
import { there } from "@standstill/record";
import { Union } from "@standstill/statistics";

/** Runs that shared nodes at some time: what counters tell of those nodes is of all of them. */
export interface RunGroup {
  /** The first run of it. */
  readonly about: string;
  readonly runs: readonly Run[];
}

/** No run covers the window. */
export const UNCOVERED = -1;
/** A run covers only part of it, or runs of several groups do. */
export const SHARED = -2;

/** Runs by whom they shared a node with while they ran, in the order in which they were declared. */
export function runGroups(runs: readonly Run[]): RunGroup[] {
  const together = new Union(runs.length);
  const onNode = new Map<string, number[]>();
  for (const [i, run] of runs.entries()) {
    for (const node of run.nodes) {
      const list = onNode.get(node);
      if (list === undefined) onNode.set(node, [i]);
      else list.push(i);
    }
  }
  for (const list of onNode.values()) {
    list.sort((a, b) => startOf(there(runs[a])) - startOf(there(runs[b])) || a - b);
    let reach = Number.NEGATIVE_INFINITY;
    let holder = 0;
    for (const i of list) {
      const run = there(runs[i]);
      if (startOf(run) < reach) together.join(i, holder);
      const end = Date.parse(run.period.end);
      if (end > reach) [reach, holder] = [end, i];
    }
  }
  return together.grouped(runs).map((own) => ({ about: there(own[0]).run, runs: own }));
}

function startOf(run: Run): number {
  return Date.parse(run.period.start);
}

/** For each node, which group each window belongs to: its number, or `UNCOVERED`, or `SHARED`. */
export function windowOwners(
  groups: readonly RunGroup[],
  { startMs, windowMs, count }: Pick<CounterWindows, "startMs" | "windowMs" | "count">,
): Map<string, Int32Array> {
  const owners = new Map<string, Int32Array>();
  for (const [number, { runs }] of groups.entries()) {
    for (const run of runs) {
      const from = (startOf(run) - startMs) / windowMs;
      const to = (Date.parse(run.period.end) - startMs) / windowMs;
      for (const node of run.nodes) {
        let own = owners.get(node);
        if (own === undefined) {
          own = new Int32Array(count).fill(UNCOVERED);
          owners.set(node, own);
        }
        const first = Math.max(0, Math.floor(from));
        const end = Math.min(count, Math.ceil(to));
        for (let w = first; w < end; w++) {
          const whole = w >= from && w + 1 <= to;
          const before = there(own[w]);
          own[w] = whole && (before === UNCOVERED || before === number) ? number : SHARED;
        }
      }
    }
  }
  return owners;
}
