import type { Run, Windows } from "@standstill/evidence";
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
export function separateGroups(subject: Subject, windows: Windows): SeparateGroup[] {
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
  const spans = runs.map((run) => {
    const rows = rowsOfRun(windows, run);
    // Nodes of one joint run count as one: one of them stands for all.
    return { rows: run.nodesTogether ? rows.slice(0, 1) : rows, ...windowsOfRun(windows, run) };
  });
  const edges = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const stretches: SeparateGroup[] = [];
  for (const [i, from] of edges.slice(0, -1).entries()) {
    const to = edges[i + 1] as number;
    const covering = spans.filter((span) => span.from <= from && span.to >= to);
    const rows = [...new Set(covering.flatMap((span) => span.rows))].sort((a, b) => a - b);
    const last = stretches.at(-1);
    if (last !== undefined && last.rows.join() === rows.join())
      stretches[stretches.length - 1] = { ...last, to };
    else stretches.push({ about: "site", rows, from, to });
  }
  return stretches.filter(({ rows }) => rows.length > 1).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
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
