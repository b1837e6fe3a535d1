import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  emptyQuantityWindows,
  fillWindows,
  parseMlperfPower,
  SamplesBuilder,
} from "@standstill/evidence";
import {
  acceptReadings,
  openChdbStore,
  openFileStore,
  Telemetry,
} from "@standstill/evidence/telemetry";
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

describe.skipIf(!installed)(
  "windows of any quantity, from chDB and from the plain file store",
  () => {
    it("the same whole numbers for gauges, counters that are reset, and amounts", async () => {
      const directory = await mkdtemp(join(tmpdir(), "standstill-quantities-"));
      const stores = [
        await Telemetry.open({ directory: join(directory, "engine"), openStore: openChdbStore }),
        await Telemetry.open({
          directory: join(directory, "files"),
          openStore: async (place) => openFileStore(place),
        }),
      ];
      const period = { startMs: 1_000_000, endMs: 1_000_000 + 600_000 };
      const quantities = ["tensor-activity", "energy", "tokens-out"] as const;
      const devices = ["a", "b", "silent"];
      try {
        const [engine, files] = await Promise.all(
          stores.map(async (store) => {
            const random = mulberry(7);
            const builder = new SamplesBuilder();
            for (const quantity of quantities) {
              for (const device of devices.slice(0, 2)) {
                const number = store.table.numberOf({
                  site: "aster/one",
                  device,
                  quantity,
                  feed: "operator",
                });
                let counter = 9_000_000_000_000;
                for (let i = 0; i < 300; i++) {
                  if (i === 150) counter = 0;
                  counter += Math.floor(random() * 1e9);
                  const value = quantity === "energy" ? counter : Math.floor(random() * 1e6);
                  // Late, out of order, some twice, some outside.
                  const time = 990_000 + Math.floor(random() * 620) * 1000;
                  builder.add(number, time, quantity === "energy" ? counter : value);
                  if (i % 10 === 0) builder.add(number, time, value);
                }
              }
            }
            await store.accept(builder.take());
            return Promise.all(
              quantities.map((quantity) =>
                store.quantityWindows("aster/one", "operator", quantity, devices, period, 60_000),
              ),
            );
          }),
        );
        expect(engine).toEqual(files);
        const energy = engine?.[1];
        expect(Math.max(...(energy?.increase ?? []))).toBeGreaterThan(0);
        expect(Math.min(...(energy?.increase ?? []))).toBeGreaterThanOrEqual(0);
        expect([...(engine?.[0]?.readings ?? [])].slice(20)).toEqual(Array(10).fill(0));
      } finally {
        for (const store of stores) await store.close();
        await rm(directory, { recursive: true });
      }
    });

    it("the engine drops readings that are older than they are kept for, and no others", async () => {
      const directory = await mkdtemp(join(tmpdir(), "standstill-keep-"));
      const now = Date.now();
      const of = { site: "aster/one", device: "a", quantity: "power", feed: "operator" } as const;
      const open = (keepDays?: number) =>
        Telemetry.open({ directory, openStore: (place) => openChdbStore(place, keepDays) });
      const values = async (store: Telemetry) => [
        ...(await store.readings(of, { startMs: 0, endMs: now + 1000 })).values,
      ];
      try {
        const before = await open();
        const builder = new SamplesBuilder();
        const number = before.table.numberOf(of);
        for (const days of [29, 31, 400]) builder.add(number, now - days * 86_400_000, days);
        await before.accept(builder.take());
        expect(await values(before)).toEqual([400, 31, 29]);
        await before.close();
        // In its own time: what is there already goes once the engine has been told.
        const after = await open(30);
        await expect.poll(() => values(after), { timeout: 30_000 }).toEqual([29]);
        await after.close();
      } finally {
        await rm(directory, { recursive: true });
      }
    });

    it("a counter that falls was reset, and has grown by what it shows", () => {
      const windows = emptyQuantityWindows("energy", ["a"], { startMs: 0, endMs: 100 }, 100);
      const [timeMs, values] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(50, 80, 5, 7)];
      fillWindows(windows, 0, "counter", { timeMs, values });
      expect(windows.increase[0]).toBe(30 + 5 + 2);
    });
  },
);

/** Numbers from 0 to 1 that are the same in every run. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
