// How many readings a second the monitor's path takes, from packed requests to a synced log, in this process.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FeedMap, Intake, RemoteWrite, unpackRemoteWrite } from "@standstill/evidence";
import { openFileStore, Telemetry } from "@standstill/evidence/store";
import { compress } from "snappyjs";

const DEVICES = 2000;
const SERIES_A_REQUEST = 500;
const METRICS = [
  "DCGM_FI_DEV_POWER_USAGE",
  "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
  "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
  "DCGM_FI_DEV_GPU_TEMP",
];

const varint = (value) => {
  const bytes = [];
  let rest = BigInt(value);
  for (; rest >= 128n; rest /= 128n) bytes.push(Number(rest % 128n) + 128);
  return Buffer.from([...bytes, Number(rest)]);
};
const field = (number, content) =>
  Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
const label = (name, value) =>
  field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))]));

const labelsOf = new Map();
for (const metric of METRICS) {
  for (let device = 0; device < DEVICES; device++) {
    const uuid = `GPU-${String(device).padStart(8, "0")}-3b1f-4e0c-9a51-1d2c3b4a5968`;
    labelsOf.set(
      `${metric} ${device}`,
      Buffer.concat([
        label("__name__", metric),
        label("Hostname", `node-${device >> 3}`),
        label("UUID", uuid),
        label("device", `nvidia${device & 7}`),
        label("gpu", String(device & 7)),
        label("instance", "10.0.0.1:9400"),
        label("job", "dcgm"),
        label("modelName", "NVIDIA H100 80GB HBM3"),
      ]),
    );
  }
}

/** Requests of one scrape of every device, as Prometheus sends them. */
function scrape(timeMs) {
  const requests = [];
  let parts = [];
  for (const [name, labels] of labelsOf) {
    const value = Buffer.alloc(8);
    value.writeDoubleLE(name.includes("ACTIVE") ? Math.random() : 400 + Math.random() * 300);
    const sample = Buffer.concat([Buffer.from([9]), value, Buffer.from([16]), varint(timeMs)]);
    parts.push(field(1, Buffer.concat([labels, field(2, sample)])));
    if (parts.length === SERIES_A_REQUEST) {
      requests.push(compress(Buffer.concat(parts)));
      parts = [];
    }
  }
  if (parts.length > 0) requests.push(compress(Buffer.concat(parts)));
  return requests;
}

const now = Date.now();
const requests = Array.from({ length: 40 }, (_, i) => scrape(now - (40 - i) * 15_000)).flat();
const directory = await mkdtemp(join(tmpdir(), "standstill-intake-"));
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
try {
  const telemetry = await Telemetry.open({
    directory,
    openStore: async (place) => ({ ...openFileStore(place), append: async () => undefined }),
  });
  const intake = new Intake("aster/one", "operator", new FeedMap(), telemetry.table);
  const remote = new RemoteWrite(intake);
  const rates = [];
  for (let round = 0; round < 5; round++) {
    intake.at(Date.now(), { beforeMs: 86_400_000, afterMs: 600_000 });
    const [start, before] = [performance.now(), cpu()];
    let samples = 0;
    const durable = [];
    for (const [i, request] of requests.entries()) {
      samples += remote.decode1(unpackRemoteWrite(request)).samples;
      durable.push(telemetry.accept(intake.take()));
      if (i % 16 === 15) await Promise.all(durable.splice(0));
    }
    await Promise.all(durable);
    const seconds = (performance.now() - start) / 1000;
    rates.push({ perSecond: samples / seconds, perCpuSecond: samples / (cpu() - before) });
  }
  rates.sort((a, b) => a.perSecond - b.perSecond);
  const { perSecond, perCpuSecond } = rates[2];
  console.log(
    `remote write, packed request to synced log: ${perSecond.toFixed(0)} readings/s, ${perCpuSecond.toFixed(0)} per processor second; ${(perSecond / 500_000).toFixed(2)} of the 500,000/s asked for`,
  );
  await telemetry.close();
} finally {
  await rm(directory, { recursive: true, force: true });
}
