import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseMlperfPower } from "@standstill/evidence";
import {
  acceptReadings,
  openChdbStore,
  openFileStore,
  Telemetry,
} from "@standstill/evidence/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const data = new URL("../../../data/mlperf/", import.meta.url);
const RUN = "8xSMC-H100-SXM-80GB/ssd/result_4957-240509201759121706710_1";
const installed = await import("chdb").then(
  () => true,
  () => false,
);
if (!installed)
  console.warn("SKIPPED: chDB is not installed on this system, so the engine was not compared.");

describe.skipIf(!installed)("chDB and the plain file store give the same integers", () => {
  let directory: string;
  let stores: Telemetry[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "standstill-store-"));
    stores = [
      await Telemetry.open({ directory: join(directory, "engine"), openStore: openChdbStore }),
      await Telemetry.open({
        directory: join(directory, "files"),
        openStore: async (place) => openFileStore(place),
      }),
    ];
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await rm(directory, { recursive: true });
  });

  it("windows of eight real nodes with late and missing readings, ingested twice", async () => {
    const text = gunzipSync(
      await readFile(new URL("smc_h100_training_node_power.csv.gz", data)),
    ).toString();
    const readings = parseMlperfPower(text, { run: RUN });
    const times = [...readings.timeMs].sort((a, b) => a - b);
    const period = {
      startMs: Math.floor((times[0] as number) / 4000) * 4000,
      endMs: Math.ceil(((times.at(-1) as number) + 1) / 4000) * 4000,
    };
    const [engine, files] = await Promise.all(
      stores.map(async (store) => {
        await acceptReadings(store, "ember/site", "operator", readings);
        await acceptReadings(store, "ember/site", "operator", readings);
        const devices = await store.devices("ember/site", "operator", period);
        const windows = await store.windows("ember/site", "operator", devices, period, 4000);
        return { devices, windows };
      }),
    );
    expect(engine).toEqual(files);
    expect(engine?.devices).toHaveLength(8);
    const instants = new Set(
      Array.from(readings.timeMs, (time, i) => `${readings.device[i]} ${time}`),
    );
    expect(engine?.windows.readings.reduce((sum, n) => sum + n, 0)).toBe(instants.size);
  });
});
