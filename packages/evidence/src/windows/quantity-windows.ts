import { there } from "@standstill/record";
import type { Quantity } from "../telemetry/readings/quantities.ts";
import type { Period } from "../telemetry/readings/readings.ts";

/**
 * One quantity of a site's devices in equal windows. Columns are by device, then by window: cell `d * count + w`. A window
 * without a reading has zero in all of them.
 */
export interface QuantityWindows {
  readonly quantity: Quantity;
  readonly startMs: number;
  readonly windowMs: number;
  /** Windows per device. */
  readonly count: number;
  readonly devices: readonly string[];
  readonly readings: Uint32Array;
  /** Mean of the readings of a gauge, rounded down; of amounts their sum; of counters 0. */
  readonly mean: Float64Array;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /**
   * Of counters: what they grew by since the reading before, up to each reading of the window. A counter that falls was reset, and
   * has grown by what it shows: what it counted between the last reading and the reset is lost, so this is a lower bound.
   */
  readonly increase: Float64Array;
}

/** Windows with nothing in them yet. */
export function emptyQuantityWindows(
  quantity: Quantity,
  devices: readonly string[],
  { startMs, endMs }: Period,
  windowMs: number,
): QuantityWindows {
  const count = Math.ceil((endMs - startMs) / windowMs);
  const cells = count * devices.length;
  return {
    quantity,
    startMs,
    windowMs,
    count,
    devices,
    readings: new Uint32Array(cells),
    mean: new Float64Array(cells),
    lowest: new Float64Array(cells),
    highest: new Float64Array(cells),
    increase: new Float64Array(cells),
  };
}

/** Readings of one series by time, one for each instant. */
export interface OrderedReadings {
  readonly timeMs: Float64Array;
  readonly values: Float64Array;
}

/** Fills a device's row of windows from its readings. The engine's SQL gives the same whole numbers. */
export function fillWindows(
  windows: QuantityWindows,
  row: number,
  kind: "gauge" | "counter" | "amount",
  { timeMs, values }: OrderedReadings,
): void {
  const sums = new Float64Array(windows.count);
  for (const [i, time] of timeMs.entries()) {
    const w = Math.floor((time - windows.startMs) / windows.windowMs);
    const cell = row * windows.count + w;
    const value = there(values[i]);
    const isFirst = windows.readings[cell] === 0;
    windows.readings[cell] = there(windows.readings[cell]) + 1;
    if (kind !== "counter") sums[w] = there(sums[w]) + value;
    windows.lowest[cell] = isFirst ? value : Math.min(there(windows.lowest[cell]), value);
    windows.highest[cell] = isFirst ? value : Math.max(there(windows.highest[cell]), value);
    if (kind === "counter" && i > 0) {
      const before = there(values[i - 1]);
      const more = value >= before ? value - before : value;
      windows.increase[cell] = there(windows.increase[cell]) + more;
    }
  }
  for (let w = 0; w < windows.count; w++) {
    const cell = row * windows.count + w;
    const readings = there(windows.readings[cell]);
    if (readings === 0) continue;
    const sum = there(sums[w]);
    if (kind !== "counter")
      windows.mean[cell] = kind === "amount" ? sum : Math.floor(sum / readings);
  }
}
