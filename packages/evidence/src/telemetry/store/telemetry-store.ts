import type { QuantityWindows } from "../../windows/quantity-windows.ts";
import type { Windows } from "../../windows/windows.ts";
import type { Period } from "../readings/readings.ts";
import type { Samples } from "../readings/samples.ts";
import type { Series } from "../readings/series.ts";

/** Keeps raw readings on the operator's side and makes windows of them. */
export interface TelemetryStore {
  /** What keeps the readings: the engine here, a cluster, or plain files where the engine cannot be installed. */
  readonly engine: "chdb" | "clickhouse" | "files";
  /** Tells what series are of, from a number on. Readings name series that were told. Telling them twice changes nothing. */
  define(from: number, series: readonly Series[]): Promise<void>;
  /** Adds readings; when this resolves they are durable. Adding them twice changes nothing. */
  append(samples: Samples): Promise<void>;
  /** Windows of power series, one row each, in their order; of readings at one instant the lowest counts. */
  windows(
    series: readonly number[],
    devices: readonly string[],
    period: Period,
    windowMs: number,
  ): Promise<Windows>;
  /** Fills the rows of windows from series of one quantity, one row each, in their order. */
  fill(
    windows: QuantityWindows,
    rows: readonly { readonly series: number; readonly row: number }[],
    period: Period,
  ): Promise<void>;
  /** Readings of some series in a period, by series and time; of those at one instant the lowest. */
  readings(series: readonly number[], period: Period): Promise<Samples>;
  /** Which of some series have readings in a period. */
  present(series: readonly number[], period: Period): Promise<readonly number[]>;
  close(): Promise<void>;
}
