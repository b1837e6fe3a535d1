import { type CounterWindows, type Quantity, rowsOfNode } from "@standstill/evidence";
import { there } from "@standstill/record";
import type { Subject } from "./subject.ts";

/** One node's part in a counter, window by window. */
export interface NodeSeries {
  readonly values: Float64Array;
  /** Zero where one of the node's devices told nothing. */
  readonly known: Uint8Array | Uint16Array;
}

/** What the site's devices told of a quantity, if anything. */
export function counterNamed(
  subject: Pick<Subject, "evidence">,
  quantity: Quantity,
): CounterWindows | undefined {
  return subject.evidence.counters.find((counter) => counter.quantity === quantity);
}

/**
 * A node's values: those of its devices added up, as traffic and memory are, or their mean, as shares of cycles are. Nothing where no
 * device of the node tells any.
 */
export function nodeSeries(
  counter: CounterWindows,
  node: string,
  combined: "sum" | "mean",
): NodeSeries | undefined {
  const rows = rowsOfNode(counter, node);
  if (rows.length === 0) return undefined;
  const { count } = counter;
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) {
    const [from, to] = [only * count, (only + 1) * count];
    return {
      values: counter.values.subarray(from, to),
      known: counter.readings.subarray(from, to),
    };
  }
  const values = new Float64Array(count);
  const known = new Uint8Array(count).fill(1);
  for (const row of rows) {
    const from = row * count;
    for (let w = 0; w < count; w++) {
      values[w] = there(values[w]) + there(counter.values[from + w]);
      if (counter.readings[from + w] === 0) known[w] = 0;
    }
  }
  if (combined === "mean")
    for (let w = 0; w < count; w++) values[w] = there(values[w]) / rows.length;
  return { values, known };
}

/** Windows that some declared run covers on a node, marked 1; a window that a run only touches counts as covered. */
export function coveredWindows(
  { runs }: Pick<Subject, "runs">,
  node: string,
  { startMs, windowMs, count }: Pick<CounterWindows, "startMs" | "windowMs" | "count">,
  counts: (run: Subject["runs"][number]) => boolean = () => true,
): Uint8Array {
  const covered = new Uint8Array(count);
  for (const run of runs) {
    if (!run.nodes.includes(node) || !counts(run)) continue;
    const first = Math.floor((Date.parse(run.period.start) - startMs) / windowMs);
    const end = Math.ceil((Date.parse(run.period.end) - startMs) / windowMs);
    covered.fill(1, Math.max(0, first), Math.max(0, Math.min(count, end)));
  }
  return covered;
}

/** The windows from the first to the last of some, as a place in the evidence. */
export function placeOfWindows(
  { startMs, windowMs }: Pick<CounterWindows, "startMs" | "windowMs">,
  devices: readonly string[],
  first: number,
  last: number,
) {
  return {
    devices: devices.slice(0, 16),
    startMs: startMs + first * windowMs,
    endMs: startMs + (last + 1) * windowMs,
  };
}
