import { join } from "node:path";
import { there } from "@standstill/record";
import { localDisk, readIfThere, writeDurably } from "@standstill/record/files";
import { EvidenceError } from "../../error.ts";
import { fillWindows } from "../../windows/quantity-windows.ts";
import { windowsOf } from "../../windows/windows.ts";
import { QUANTITIES } from "../readings/quantities.ts";
import type { Period, Readings } from "../readings/readings.ts";
import { type Samples, SamplesBuilder } from "../readings/samples.ts";
import { blockAt, encodeBlock } from "./sample-blocks.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

/**
 * The telemetry store in plain files, for systems where the engine cannot be installed: one file of blocks for each append,
 * and windows are made in this process. It gives the same integers, more slowly.
 */
export function openFileStore(directory: string): TelemetryStore {
  const folder = join(directory, "readings");
  let next: number | undefined;
  const names = async () =>
    (await localDisk.list(folder)).filter((name) => name.endsWith(".samples"));
  const read = async function* (): AsyncGenerator<Samples> {
    for (const name of await names()) {
      const path = join(folder, name);
      const bytes = (await readIfThere(path)) ?? new Uint8Array(0);
      for (let at = 0; at < bytes.length; ) {
        const block = blockAt(bytes, at);
        if (block.kind !== "block") {
          const message = "expected readings as they were written, got damaged ones";
          throw new EvidenceError("store-altered", message, { place: path });
        }
        yield block.samples;
        at = block.end;
      }
    }
  };
  return {
    engine: "files",
    async define() {},
    async append(samples) {
      next ??= Number.parseInt((await names()).at(-1) ?? "-1", 10) + 1;
      const name = `${String(next++).padStart(12, "0")}.samples`;
      await writeDurably(join(folder, name), encodeBlock(samples), join(directory, "temporary"));
    },
    async windows(series, devices, period, windowMs) {
      return windowsOf(
        await readingsOf(read(), series, devices, period),
        devices,
        period,
        windowMs,
      );
    },
    async fill(windows, rows, period) {
      const all = await readingsIn(read(), new Set(rows.map(({ series }) => series)), period);
      const { kind } = QUANTITIES[windows.quantity];
      for (const { series, row } of rows) {
        const from = all.series.indexOf(series);
        const to = all.series.lastIndexOf(series) + 1;
        if (from < 0) continue;
        const [timeMs, values] = [all.timeMs.subarray(from, to), all.values.subarray(from, to)];
        fillWindows(windows, row, kind, { timeMs, values });
      }
    },
    readings: (series, period) => readingsIn(read(), new Set(series), period),
    async present(series, period) {
      const wanted = new Set(series);
      const found = new Set<number>();
      for await (const { series: numbers, timeMs } of read()) {
        for (const [i, time] of timeMs.entries()) {
          const number = there(numbers[i]);
          if (wanted.has(number) && isIn(time, period)) found.add(number);
        }
      }
      return [...found].sort((a, b) => a - b);
    },
    async close() {},
  };
}

/** Readings of some series in a period, by series and time; of those at one instant the lowest. */
async function readingsIn(
  all: AsyncIterable<Samples>,
  wanted: ReadonlySet<number>,
  period: Period,
): Promise<Samples> {
  const lowest = new Map<string, [series: number, timeMs: number, value: number]>();
  for await (const samples of all) {
    for (const [i, number] of samples.series.entries()) {
      const time = there(samples.timeMs[i]);
      const value = there(samples.values[i]);
      if (!wanted.has(number) || !isIn(time, period)) continue;
      const key = `${number} ${time}`;
      const before = lowest.get(key);
      if (before === undefined || value < before[2]) lowest.set(key, [number, time, value]);
    }
  }
  const builder = new SamplesBuilder();
  const ordered = [...lowest.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const [number, time, value] of ordered) builder.add(number, time, value);
  return builder.take();
}

/** Power readings of some series in a period, each device under the name that stands beside its series. */
async function readingsOf(
  all: AsyncIterable<Samples>,
  series: readonly number[],
  devices: readonly string[],
  period: Period,
): Promise<Readings> {
  const rows = new Map(series.map((number, row) => [number, row]));
  const [device, timeMs, power]: [number[], number[], number[]] = [[], [], []];
  for await (const samples of all) {
    for (const [i, number] of samples.series.entries()) {
      const row = rows.get(number);
      const time = there(samples.timeMs[i]);
      if (row === undefined || !isIn(time, period)) continue;
      device.push(row);
      timeMs.push(time);
      power.push(there(samples.values[i]));
    }
  }
  return {
    devices,
    device: Uint32Array.from(device),
    timeMs: Float64Array.from(timeMs),
    powerMilliwatts: Uint32Array.from(power),
    quarantined: { count: 0, first: undefined },
  };
}

function isIn(time: number, { startMs, endMs }: Period): boolean {
  return time >= startMs && time < endMs;
}
