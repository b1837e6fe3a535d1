import { there } from "@standstill/record";
import { QUANTITIES, type Quantity } from "../telemetry/readings/quantities.ts";
import { type Period, type Readings, ReadingsBuilder } from "../telemetry/readings/readings.ts";
import type { Samples } from "../telemetry/readings/samples.ts";
import type { SeriesTable } from "../telemetry/readings/series.ts";
import { type CounterWindows, counterOf } from "../windows/counter-windows.ts";
import {
  emptyQuantityWindows,
  fillWindows,
  type OrderedReadings,
} from "../windows/quantity-windows.ts";

/** What files of counters hold: series, and their readings in the order they came. */
export interface CounterReadings {
  readonly table: SeriesTable;
  readonly samples: Samples;
}

/** Whether power comes from a node's own meter: that of something within a node is a counter of it. */
function isNodePower(quantity: Quantity, device: string, nodes: ReadonlySet<string>): boolean {
  if (quantity !== "power") return false;
  return nodes.has(device) || ![...nodes].some((node) => device.startsWith(`${node}/`));
}

/** Power that counters' files hold of whole nodes, or of devices that nobody declared; nothing where there is none. */
export function nodePowerIn(
  { table, samples }: CounterReadings,
  nodes: ReadonlySet<string>,
): Readings | undefined {
  const builder = new ReadingsBuilder();
  const wanted = table.from(0).map(({ quantity, device }) => isNodePower(quantity, device, nodes));
  for (const [i, series] of samples.series.entries()) {
    if (wanted[series] !== true) continue;
    const { device } = there(table.get(series));
    builder.add(device, there(samples.timeMs[i]), there(samples.values[i]));
  }
  return builder.seen.kept === 0 ? undefined : builder.build();
}

/** Everything else in windows: one entry for each quantity, devices by name. */
export function countersOf(
  { table, samples }: CounterReadings,
  nodes: ReadonlySet<string>,
  period: Period,
  windowMs: number,
): CounterWindows[] {
  const ordered = orderedReadings(samples, table.size, period);
  const byQuantity = new Map<Quantity, { device: string; series: number }[]>();
  for (const [series, { device, quantity }] of table.from(0).entries()) {
    // A table with empty cells names series that it has no readings of.
    const isSilent = there(ordered[series]).timeMs.length === 0;
    if (isSilent || isNodePower(quantity, device, nodes)) continue;
    const of = byQuantity.get(quantity) ?? [];
    of.push({ device, series });
    byQuantity.set(quantity, of);
  }
  return [...byQuantity.keys()].sort().map((quantity) => {
    const rows = there(byQuantity.get(quantity)).sort((a, b) => (a.device < b.device ? -1 : 1));
    const windows = emptyQuantityWindows(
      quantity,
      rows.map(({ device }) => device),
      period,
      windowMs,
    );
    const { kind } = QUANTITIES[quantity];
    for (const [row, { series }] of rows.entries())
      fillWindows(windows, row, kind, there(ordered[series]));
    return counterOf(windows, kind);
  });
}

/** Readings of each series within a period by time; of several at one instant the lowest counts. */
function orderedReadings(samples: Samples, series: number, period: Period): OrderedReadings[] {
  const indices: number[][] = Array.from({ length: series }, () => []);
  for (const [i, of] of samples.series.entries()) {
    const time = there(samples.timeMs[i]);
    if (time >= period.startMs && time < period.endMs) there(indices[of]).push(i);
  }
  return indices.map((own) => {
    own.sort(
      (a, b) =>
        there(samples.timeMs[a]) - there(samples.timeMs[b]) ||
        there(samples.values[a]) - there(samples.values[b]),
    );
    const first = own.filter(
      (i, k) => k === 0 || samples.timeMs[i] !== samples.timeMs[there(own[k - 1])],
    );
    return {
      timeMs: Float64Array.from(first, (i) => there(samples.timeMs[i])),
      values: Float64Array.from(first, (i) => there(samples.values[i])),
    };
  });
}
