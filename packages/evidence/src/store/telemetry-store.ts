import type { Period, Readings } from "../readings.ts";
import type { Windows } from "../windows.ts";

/** Keeps raw readings on the operator's side and makes windows of them. */
export interface TelemetryStore {
  /** What keeps the readings: the engine, or plain files where the engine cannot be installed. */
  readonly engine: "chdb" | "files";
  /** Adds a site's readings; when this resolves they are durable. Adding them twice changes nothing. */
  ingest(site: string, readings: Readings): Promise<void>;
  /** Windows of a site's listed devices in a period. */
  windows(
    site: string,
    devices: readonly string[],
    period: Period,
    windowMs: number,
  ): Promise<Windows>;
  /** Devices of a site that sent readings in a period, sorted. */
  devices(site: string, period: Period): Promise<string[]>;
  close(): Promise<void>;
}
