// Remote-write requests as Prometheus sends them for GPUs: what two benchmarks of the monitor's path send.
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
export function scrape(timeMs) {
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

/** Scrapes of every device from a time on, 15 seconds apart. */
export function scrapes(fromMs, count = 30) {
  const requests = Array.from({ length: count }, (_, i) => scrape(fromMs + i * 15_000));
  return { requests, readings: count * labelsOf.size };
}
