import { there } from "@standstill/record";
import type { ActivityRecord } from "../formats/activity/activity-log.ts";
import type { Period } from "../telemetry/readings/readings.ts";

/** Which workload each device was declared to run in each window. Cells are by device, then by window: `d * count + w`. */
export interface DeclaredWorkloads {
  /** Workloads by number, from 1 on; 0 stands for none. */
  readonly workloads: readonly string[];
  readonly count: number;
  /** The workload that was declared for most of the window; of equal ones the first by name. */
  readonly workload: Uint32Array;
  /** How many workloads were declared in the window. A device that does one thing at a time has two only where one follows the other. */
  readonly declared: Uint8Array;
}

/**
 * Lays an activity log over the windows of a site's devices, beside what was measured in them.
 *
 * @example declaredWorkloads(records, ["gpu-0"], period, 60_000).workloads[0] // the workload with number 1
 */
export function declaredWorkloads(
  records: readonly ActivityRecord[],
  devices: readonly string[],
  { startMs, endMs }: Period,
  windowMs: number,
): DeclaredWorkloads {
  const count = Math.ceil((endMs - startMs) / windowMs);
  const rows = new Map(devices.map((device, row) => [device, row]));
  const workloads = [...new Set(records.map(({ workload }) => workload))].sort();
  const numbers = new Map(workloads.map((workload, i) => [workload, i + 1]));
  const cells = new Map<number, Map<number, number>>();
  for (const { device, start, end, workload } of records) {
    const row = rows.get(device);
    if (row === undefined) continue;
    const [from, to] = [Math.max(startMs, Date.parse(start)), Math.min(endMs, Date.parse(end))];
    const number = there(numbers.get(workload));
    for (let at = from; at < to; ) {
      const w = Math.floor((at - startMs) / windowMs);
      const edge = Math.min(to, startMs + (w + 1) * windowMs);
      const cell = cells.get(row * count + w) ?? new Map<number, number>();
      cells.set(row * count + w, cell);
      cell.set(number, (cell.get(number) ?? 0) + edge - at);
      at = edge;
    }
  }
  const declared = {
    workloads,
    count,
    workload: new Uint32Array(count * devices.length),
    declared: new Uint8Array(count * devices.length),
  };
  for (const [cell, lengths] of cells) {
    const [most] = [...lengths].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    declared.workload[cell] = most?.[0] ?? 0;
    declared.declared[cell] = Math.min(lengths.size, 255);
  }
  return declared;
}
