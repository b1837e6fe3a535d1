import type { Samples, Series } from "@standstill/evidence";
import { Telemetry, type TelemetryStore } from "@standstill/evidence/telemetry";
import { describe, expect, it } from "vitest";
import { CrashingDisk, type Fault, type Loss } from "../../record/test/crashing-disk.ts";

const SITE = "aster/one";

/** An engine that holds what it said it holds, and perhaps what it was being given when the power went. */
class Engine {
  readonly held: Samples[] = [];
  readonly disk: () => CrashingDisk;

  constructor(disk: () => CrashingDisk) {
    this.disk = disk;
  }

  readonly open = async (): Promise<TelemetryStore> => ({
    engine: "files",
    define: async () => undefined,
    append: async (samples) => {
      if (this.disk().isStopped) throw new Error("the machine is gone");
      this.held.push(samples);
    },
    fill: () => Promise.reject(new Error("not asked here")),
    windows: () => Promise.reject(new Error("not asked here")),
    readings: () => Promise.reject(new Error("not asked here")),
    present: async () => [],
    close: async () => undefined,
  });
}

const samplesOf = (series: number, from: number, count: number): Samples => ({
  series: new Uint32Array(count).fill(series),
  timeMs: Float64Array.from({ length: count }, (_, i) => from + i),
  values: Float64Array.from({ length: count }, (_, i) => series * 1000 + i),
});

/** Takes readings of ever new devices in until the disk stops; gives back what was acknowledged. */
async function work(disk: CrashingDisk, engine: Engine, acknowledged: string[]): Promise<void> {
  const telemetry = await Telemetry.open({ directory: "/site", openStore: engine.open, disk });
  for (let round = 0; round < 4; round++) {
    const accepted = [0, 1, 2].map(async (n) => {
      const device = `gpu-${round}-${n % 2}`;
      const series: Series = { site: SITE, device, quantity: "power", feed: "operator" };
      const samples = samplesOf(telemetry.table.numberOf(series), round * 100 + n * 10, 3);
      await telemetry.accept(samples);
      for (const [i, time] of samples.timeMs.entries()) {
        acknowledged.push(`${device} ${time} ${i}`);
      }
    });
    await Promise.all(accepted);
    if (round === 1) await telemetry.flushed();
  }
  await telemetry.close();
}

/** What the engine holds after a restart, by the names of devices: a number that meant another device would show. */
async function found(disk: CrashingDisk, engine: Engine): Promise<Set<string>> {
  // The process that held it is this one, which goes on living.
  await disk.remove("/site/lock");
  const telemetry = await Telemetry.open({ directory: "/site", openStore: engine.open, disk });
  const all = engine.held.flatMap(({ series, timeMs, values }) =>
    [...series].map((number, i) => {
      const device = telemetry.table.get(number)?.device;
      return `${device} ${timeMs[i]} ${(values[i] as number) - number * 1000}`;
    }),
  );
  await telemetry.close();
  return new Set(all);
}

async function stepsOfWork(): Promise<number> {
  const disk = new CrashingDisk();
  await work(disk, new Engine(() => disk), []);
  return disk.steps;
}

describe("a monitor's disk that stops at every step", async () => {
  const steps = await stepsOfWork();
  const cases: [Fault, Loss, number][] = [
    ["crash", "process", 0],
    ["crash", "power", 1],
    ["crash", "power", 2],
    ["crash", "power", 3],
    ["full", "process", 0],
  ];

  it.each(cases)(
    "%s, %s, seed %i: no acknowledged reading is lost, none becomes another's",
    async (fault, loss, seed) => {
      for (let step = 0; step < steps; step++) {
        let disk = new CrashingDisk();
        const engine = new Engine(() => disk);
        const acknowledged: string[] = [];
        disk.stopAt(step, fault);
        await work(disk, engine, acknowledged).catch(() => undefined);
        disk = disk.survivor(loss, seed);
        const kept = await found(disk, engine);
        for (const reading of acknowledged) {
          if (!kept.has(reading))
            throw new Error(`step ${step}: ${reading} was acknowledged and is lost`);
        }
        expect([...kept].filter((reading) => reading.startsWith("undefined"))).toEqual([]);
      }
      expect(steps).toBeGreaterThan(40);
    },
  );

  it("a damaged block before others is told with its place, and is not passed over", async () => {
    const disk = new CrashingDisk();
    const engine = new Engine(() => disk);
    const telemetry = await Telemetry.open({ directory: "/site", openStore: engine.open, disk });
    const series: Series = { site: SITE, device: "gpu", quantity: "power", feed: "operator" };
    const number = telemetry.table.numberOf(series);
    for (const from of [0, 10, 20]) await telemetry.accept(samplesOf(number, from, 4));
    const survivor = disk.survivor("process", 0);
    const [name] = (await survivor.list("/site/log")) as [string];
    const bytes = (await survivor.read(`/site/log/${name}`)) as Uint8Array;
    bytes[100] = (bytes[100] as number) ^ 1;
    await survivor.write(`/site/log/${name}`, bytes);
    await survivor.remove("/site/lock");
    await expect(
      Telemetry.open({ directory: "/site", openStore: engine.open, disk: survivor }),
    ).rejects.toMatchObject({ code: "store-altered", place: expect.stringContaining("byte 96") });
    await telemetry.close();
  });
});
