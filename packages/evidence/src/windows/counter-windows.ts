import { there } from "@standstill/record";
import type { Quantity } from "../telemetry/readings/quantities.ts";
import type { QuantityWindows } from "./quantity-windows.ts";

/**
 * What one counter of a site's devices told, in the windows of a period. Columns are by device, then by window: cell
 * `d * count + w`. A device is a node, or something below it, as `node-01/gpu-3`.
 */
export interface CounterWindows {
  readonly quantity: Quantity;
  readonly startMs: number;
  readonly windowMs: number;
  /** Windows per device. */
  readonly count: number;
  readonly devices: readonly string[];
  readonly readings: Uint16Array;
  /**
   * Of a gauge the mean of its readings, rounded down; of a counter what it grew by; of amounts their sum. Whole numbers in the unit of
   * the quantity, zero where no reading is.
   */
  readonly values: Float64Array;
}

/** A counter with nothing in it yet. */
export function emptyCounter(
  quantity: Quantity,
  devices: readonly string[],
  grid: Pick<CounterWindows, "startMs" | "windowMs" | "count">,
): CounterWindows {
  const cells = devices.length * grid.count;
  return {
    quantity,
    devices,
    startMs: grid.startMs,
    windowMs: grid.windowMs,
    count: grid.count,
    readings: new Uint16Array(cells),
    values: new Float64Array(cells),
  };
}

/** What of a quantity's windows is sealed and judged: one whole number for each. */
export function counterOf(windows: QuantityWindows, kind: "gauge" | "counter" | "amount") {
  const counter = emptyCounter(windows.quantity, windows.devices, windows);
  const from = kind === "counter" ? windows.increase : windows.mean;
  for (let cell = 0; cell < counter.values.length; cell++) {
    counter.readings[cell] = Math.min(65_535, there(windows.readings[cell]));
    counter.values[cell] = there(from[cell]);
  }
  return counter;
}

/** Rows of a counter that belong to a node: its own, and those of what is below it. */
export function rowsOfNode(counter: Pick<CounterWindows, "devices">, node: string): number[] {
  const rows: number[] = [];
  for (const [row, device] of counter.devices.entries())
    if (device === node || device.startsWith(`${node}/`)) rows.push(row);
  return rows;
}
