import { EvidenceError } from "../error.ts";
import { openChdbStore } from "./chdb-store.ts";
import { openFileStore } from "./file-store.ts";
import { Telemetry } from "./telemetry.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

export { acceptReadings } from "./accept-readings.ts";
export { openChdbStore } from "./chdb-store.ts";
export { openFileStore } from "./file-store.ts";
export { JobFile } from "./job-file.ts";
export { Telemetry, type TelemetryOptions, type TelemetryStatus } from "./telemetry.ts";
export type { TelemetryStore } from "./telemetry-store.ts";

/** The telemetry of a directory: in chDB where it can be loaded, in plain files where it cannot. */
export function openTelemetry(directory: string): Promise<Telemetry> {
  return Telemetry.open({ directory, openStore: openTelemetryStore });
}

async function openTelemetryStore(directory: string): Promise<TelemetryStore> {
  try {
    return await openChdbStore(directory);
  } catch (error) {
    if (error instanceof EvidenceError && error.code === "store-unavailable")
      return openFileStore(directory);
    throw error;
  }
}
