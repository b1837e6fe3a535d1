import { there } from "@standstill/record";
import { Union } from "@standstill/statistics";
import { thresholds } from "./methods/draft/thresholds.ts";
import type { RunOnRecord } from "./subject.ts";

/**
 * Declared runs of training that are one run by what they share: a model's name; and, where looks count, the number of parameters on
 * most of the same nodes, one right after the other. Names are a party's own, so they only join and never separate. Two models of
 * one size may well be trained in a row, so looks are no evidence; they only leave it open.
 */
export function logicalRuns(
  runs: readonly RunOnRecord[],
  by: "name" | "name-or-looks",
): RunOnRecord[][] {
  const linked = new Union(runs.length);
  const byModel = new Map<string, number>();
  for (const [i, { run }] of runs.entries()) {
    const known = byModel.get(run.model);
    if (known === undefined) byModel.set(run.model, i);
    else linked.join(i, known);
  }
  for (const list of by === "name" ? [] : byNodeAndSize(runs).values()) {
    for (const [k, i] of list.slice(1).entries()) {
      const before = there(list[k]);
      if (areAdjacent(there(runs[before]), there(runs[i]))) linked.join(before, i);
    }
  }
  return linked.grouped(runs);
}

/** Runs of models of one size on one node, in the order in which they began. */
function byNodeAndSize(runs: readonly RunOnRecord[]): Map<string, number[]> {
  const lists = new Map<string, number[]>();
  for (const [i, { run, site }] of runs.entries()) {
    if (run.work.basis !== "tokens") continue;
    for (const node of run.nodes) {
      const key = `${site.site} ${node} ${run.work.parameters}`;
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [i]);
      else list.push(i);
    }
  }
  for (const list of lists.values())
    list.sort((a, b) => startOf(there(runs[a])) - startOf(there(runs[b])) || a - b);
  return lists;
}

function areAdjacent(before: RunOnRecord, after: RunOnRecord): boolean {
  const pause = startOf(after) - Date.parse(before.run.period.end);
  if (pause > thresholds.oneRunPauseMs) return false;
  const nodes = new Set(before.run.nodes);
  const shared = after.run.nodes.filter((node) => nodes.has(node)).length;
  return shared * 2 > Math.min(before.run.nodes.length, after.run.nodes.length);
}

function startOf({ run }: RunOnRecord): number {
  return Date.parse(run.period.start);
}
