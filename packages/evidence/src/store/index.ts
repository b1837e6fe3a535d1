import { EvidenceError } from "../error.ts";
import { openChdbStore } from "./chdb-store.ts";
import { openFileStore } from "./file-store.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

export { openChdbStore } from "./chdb-store.ts";
export { openFileStore } from "./file-store.ts";
export type { TelemetryStore } from "./telemetry-store.ts";

/** The store of a directory: chDB where it can be loaded, plain files where it cannot. */
export async function openTelemetryStore(directory: string): Promise<TelemetryStore> {
  try {
    return await openChdbStore(directory);
  } catch (error) {
    if (error instanceof EvidenceError && error.code === "store-unavailable")
      return openFileStore(directory);
    throw error;
  }
}
