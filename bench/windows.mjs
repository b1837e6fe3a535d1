// Windows of a minute for 10,000 devices over 30 days, made by the engine while readings come hour by hour: time, size, memory.
// node bench/windows.mjs [devices] [days] [seconds between readings]
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openChdbStore } from "@standstill/evidence/telemetry";

const [devices, days, everySeconds] = [10_000, 30, 30].map((usual, i) =>
  Number(process.argv[2 + i] ?? usual),
);
const HOUR_MS = 3_600_000;
const START = Date.parse("2026-10-01T00:00:00.000Z");
const directory = await mkdtemp(join(tmpdir(), "standstill-windows-"));
const seconds = (since) => (performance.now() - since) / 1000;
const mebibytes = (path) => Number(execFileSync("du", ["-sm", path]).toString().split("\t")[0]);
const peakMebibytes = async () => {
  const told = await readFile("/proc/self/status", "utf8").catch(() => "");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(told)?.[1] ?? 0) / 1024);
};

/** An hour of readings: devices that train, idle or serve in turn, with noise that no codec guesses. */
function hourOf(hour) {
  const each = 3600 / everySeconds;
  const samples = {
    series: new Uint32Array(devices * each),
    timeMs: new Float64Array(devices * each),
    values: new Float64Array(devices * each),
  };
  let state = hour + 1;
  for (let i = 0, device = 0; device < devices; device++) {
    const level = [90_000, 640_000, 380_000][(device + Math.floor(hour / 9)) % 3];
    for (let k = 0; k < each; k++, i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      samples.series[i] = device;
      samples.timeMs[i] = START + hour * HOUR_MS + k * everySeconds * 1000 + (device % 1000);
      samples.values[i] = level + ((state >>> 12) % 40_000);
    }
  }
  return samples;
}

try {
  const store = await openChdbStore(directory);
  await store.define(
    0,
    Array.from({ length: devices }, (_, device) => ({
      ...{ site: "aster/one", device: `gpu-${device}`, quantity: "power", feed: "operator" },
    })),
  );
  const start = performance.now();
  let generating = 0;
  for (let hour = 0; hour < days * 24; hour++) {
    const before = performance.now();
    const samples = hourOf(hour);
    generating += performance.now() - before;
    await store.append(samples);
    if (hour % 24 === 23)
      console.error(`${(hour + 1) / 24} days after ${seconds(start).toFixed(0)} s`);
  }
  const stored = seconds(start) - generating / 1000;
  const readings = (devices * days * 86_400) / everySeconds;
  const asked = performance.now();
  const numbers = Array.from({ length: 100 }, (_, i) => i * Math.floor(devices / 100));
  const period = { startMs: START, endMs: START + days * 24 * HOUR_MS };
  const found = await store.windows(numbers, numbers.map(String), period, 60_000);
  const answered = seconds(asked);
  if (found.readings.some((count) => count !== 60 / everySeconds))
    throw new Error("windows lack readings");
  const windows = devices * days * 1440;
  console.log(
    [
      `${(readings / 1e6).toFixed(0)} M readings kept and ${(windows / 1e6).toFixed(0)} M windows made of them in ${stored.toFixed(0)} s: ${(windows / stored / 1e6).toFixed(2)} M windows/s, ${(readings / stored / 1e6).toFixed(2)} M readings/s`,
      `${mebibytes(directory)} MiB on disk, ${((mebibytes(directory) * 1048576) / windows).toFixed(1)} bytes a window with its readings; this process at most ${await peakMebibytes()} MiB`,
      `100 devices over the whole time, what was still to be made included: ${answered.toFixed(1)} s for ${(found.readings.length / 1e6).toFixed(1)} M windows`,
    ].join("\n"),
  );
  await store.close();
} finally {
  await rm(directory, { recursive: true, force: true });
}
