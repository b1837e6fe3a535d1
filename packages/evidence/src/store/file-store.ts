import { join } from "node:path";
import { readIfThere, writeDurably } from "@standstill/record/files";
import { EvidenceError } from "../error.ts";
import { type Readings, ReadingsBuilder } from "../readings.ts";
import { windowsOf } from "../windows.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

/**
 * The telemetry store in plain files, for systems where the engine cannot be installed: a site's readings lie in one
 * file of three columns, and windows are made in this process. It gives the same integers, more slowly.
 */
export function openFileStore(directory: string): TelemetryStore {
  const pathOf = (site: string) => join(directory, `${site.replaceAll("/", "_")}.columns`);
  const load = async (site: string): Promise<Readings> => {
    const bytes = await readIfThere(pathOf(site));
    return bytes === undefined ? new ReadingsBuilder().build() : decodeColumns(bytes, pathOf(site));
  };
  return {
    engine: "files",
    async ingest(site, readings) {
      const merged = merge(await load(site), readings);
      await writeDurably(pathOf(site), encodeColumns(merged), join(directory, "temporary"));
    },
    async windows(site, devices, period, windowMs) {
      return windowsOf(await load(site), devices, period, windowMs);
    },
    async devices(site, period) {
      const { devices, device, timeMs } = await load(site);
      const seen = new Set<string>();
      for (const [i, time] of timeMs.entries()) {
        if (time >= period.startMs && time < period.endMs)
          seen.add(devices[device[i] as number] as string);
      }
      return [...seen].sort();
    },
    async close() {},
  };
}

function merge(a: Readings, b: Readings): Readings {
  const builder = new ReadingsBuilder();
  const seen = new Set<string>();
  for (const part of [a, b]) {
    for (const [i, time] of part.timeMs.entries()) {
      const device = part.devices[part.device[i] as number] as string;
      const power = part.powerMilliwatts[i] as number;
      const key = `${device} ${time} ${power}`;
      if (seen.has(key)) continue;
      seen.add(key);
      builder.add(device, time, power);
    }
  }
  return builder.build();
}

function encodeColumns({ devices, device, timeMs, powerMilliwatts }: Readings): Uint8Array {
  const head = Buffer.from(`${JSON.stringify({ devices, rows: device.length })}\n`);
  return Buffer.concat([
    head,
    Buffer.from(device.buffer),
    Buffer.from(timeMs.buffer),
    Buffer.from(powerMilliwatts.buffer),
  ]);
}

function decodeColumns(bytes: Uint8Array, place: string): Readings {
  const newline = bytes.indexOf(0x0a);
  const head = JSON.parse(Buffer.from(bytes.subarray(0, newline)).toString("utf8")) as {
    devices: string[];
    rows: number;
  };
  const body = bytes.slice(newline + 1);
  if (body.length !== head.rows * 16) {
    throw new EvidenceError(
      "malformed-file",
      `expected ${head.rows * 16} bytes of columns, got ${body.length}`,
      { place },
    );
  }
  const { buffer } = body;
  return {
    devices: head.devices,
    device: new Uint32Array(buffer.slice(0, head.rows * 4)),
    timeMs: new Float64Array(buffer.slice(head.rows * 4, head.rows * 12)),
    powerMilliwatts: new Uint32Array(buffer.slice(head.rows * 12)),
    quarantined: { count: 0, first: undefined },
  };
}
