import { EvidenceError } from "../error.ts";
import { type ClusterOptions, openChdbStore, openClusterStore } from "./store/engine/stores.ts";
import { openFileStore } from "./store/file-store.ts";
import { Telemetry } from "./store/telemetry.ts";
import type { TelemetryStore } from "./store/telemetry-store.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { acceptReadings } from "./store/accept-readings.ts";
export { ActivityFiles } from "./store/activity-files.ts";
export type { ClickHouseOptions } from "./store/engine/clickhouse-engine.ts";
export { type ClusterOptions, openChdbStore, openClusterStore } from "./store/engine/stores.ts";
export { openFileStore } from "./store/file-store.ts";
export { JobFile } from "./store/job-file.ts";
export { Telemetry, type TelemetryOptions, type TelemetryStatus } from "./store/telemetry.ts";
export type { TelemetryStore } from "./store/telemetry-store.ts";

/**
 * The telemetry of a directory: in chDB where it can be loaded, in plain files where it cannot. Plain files are kept for ever.
 *
 * @param keepDays how long the engine keeps readings; longer than they can be asked for
 * @param cluster servers that keep them in place of this machine
 */
export function openTelemetry(
  directory: string,
  keepDays?: number,
  cluster?: Omit<ClusterOptions, "keepDays">,
): Promise<Telemetry> {
  return Telemetry.open({
    directory,
    openStore: (place) =>
      cluster === undefined
        ? openTelemetryStore(place, keepDays)
        : openClusterStore(place, { ...cluster, keepDays }),
  });
}

async function openTelemetryStore(directory: string, keepDays?: number): Promise<TelemetryStore> {
  try {
    return await openChdbStore(directory, keepDays);
  } catch (error) {
    if (error instanceof EvidenceError && error.code === "store-unavailable")
      return openFileStore(directory);
    throw error;
  }
}
