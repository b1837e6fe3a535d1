import type { Run, Windows } from "@standstill/evidence";
import { there } from "@standstill/record";
import type { Subject } from "../subject.ts";

/** Nodes that are claimed to work separately over some windows: what may not move together. */
export interface SeparateGroup {
  /** The declared run, or "site" for nodes of several. */
  readonly about: string;
  /** Rows of the site's windows. */
  readonly rows: readonly number[];
  /** First window, and the window after the last. */
  readonly from: number;
  readonly to: number;
}

/** Windows of a run's declared period, within the site's. */
export function windowsOfRun(windows: Windows, run: Run): { from: number; to: number } {
  const at = (time: string) => Math.floor((Date.parse(time) - windows.startMs) / windows.windowMs);
  return {
    from: Math.max(0, at(run.period.start)),
    to: Math.min(windows.count, at(run.period.end)),
  };
}

/** Rows of a run's declared nodes that sent readings. */
export function rowsOfRun(windows: Windows, run: Run): number[] {
  return run.nodes.map((node) => windows.devices.indexOf(node)).filter((row) => row >= 0);
}

/**
 * Everything at a site that claims to be separate: the nodes of each run that are declared so, and the nodes of different
 * runs. Without the second a cheat would declare one run for each node, and without joining neighbouring stretches a new
 * run every minute.
 */
export function separateGroups(subject: Pick<Subject, "runs">, windows: Windows): SeparateGroup[] {
  const single = subject.runs
    .filter((run) => !run.nodesTogether)
    .map((run) => ({
      about: run.run,
      rows: rowsOfRun(windows, run),
      ...windowsOfRun(windows, run),
    }))
    .filter(({ rows }) => rows.length > 1);
  const across = acrossRuns(subject.runs, windows);
  const known = single.some((group) => across !== undefined && isSame(group, across));
  return across === undefined || known ? single : [...single, across];
}

/** The largest stretch over which the same nodes of separate work are declared, whatever the runs are called. */
function acrossRuns(runs: readonly Run[], windows: Windows): SeparateGroup | undefined {
  const { starts, ends, edges } = edgesOf(runs, windows);
  // How many runs hold a row now; a row may be held by several.
  const holding = new Int32Array(windows.devices.length);
  let largest: SeparateGroup | undefined;
  let current: SeparateGroup | undefined;
  for (const [i, from] of edges.entries()) {
    for (const row of ends.get(from) ?? []) holding[row] = there(holding[row]) - 1;
    for (const row of starts.get(from) ?? []) holding[row] = there(holding[row]) + 1;
    const to = edges[i + 1];
    if (to === undefined) break;
    const rows = [...holding.keys()].filter((row) => there(holding[row]) > 0);
    const goes =
      current !== undefined &&
      current.rows.length === rows.length &&
      current.rows.every((row, k) => row === rows[k]);
    current =
      goes && current !== undefined ? { ...current, to } : { about: "site", rows, from, to };
    if (rows.length > 1 && (largest === undefined || sizeOf(current) > sizeOf(largest)))
      largest = current;
  }
  return largest;
}

/** Rows that some run begins or ceases to hold, by window, and all windows where that happens, in order. */
function edgesOf(runs: readonly Run[], windows: Windows) {
  const starts = new Map<number, number[]>();
  const ends = new Map<number, number[]>();
  const note = (at: Map<number, number[]>, window: number, rows: readonly number[]) => {
    const list = at.get(window);
    if (list === undefined) at.set(window, [...rows]);
    else list.push(...rows);
  };
  for (const run of runs) {
    const { from, to } = windowsOfRun(windows, run);
    if (to <= from) continue;
    const rows = rowsOfRun(windows, run);
    // Nodes of one joint run count as one: one of them stands for all.
    const held = run.nodesTogether ? rows.slice(0, 1) : rows;
    note(starts, from, held);
    note(ends, to, held);
  }
  const edges = [...new Set([...starts.keys(), ...ends.keys()])].sort((a, b) => a - b);
  return { starts, ends, edges };
}

/** Node-windows of a group. */
export function sizeOf(group: SeparateGroup): number {
  return group.rows.length * (group.to - group.from);
}

function isSame(a: SeparateGroup, b: SeparateGroup): boolean {
  return (
    a.from === b.from && a.to === b.to && [...a.rows].sort((x, y) => x - y).join() === b.rows.join()
  );
}
