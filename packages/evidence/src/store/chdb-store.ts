import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EvidenceError } from "../error.ts";
import type { Period, Readings } from "../readings.ts";
import { emptyWindows, LONGEST_STEP_WINDOWS } from "../windows.ts";
import { encodeNativeBlock } from "./native-block.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

/** The engine's part of the table definition; a cluster would put Replicated and Distributed here. */
const ENGINE =
  "ReplacingMergeTree ORDER BY (site, device, time_ms) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1";

const CREATE_READINGS = `
  CREATE TABLE IF NOT EXISTS readings (
    site LowCardinality(String), device LowCardinality(String), time_ms Int64, power_mw UInt32
  ) ENGINE = ${ENGINE}`;

/**
 * The telemetry store on chDB, ClickHouse in this process. Everything that is sealed later is summed in integers: float
 * sums vary from run to run. One process owns the directory.
 */
export async function openChdbStore(directory: string): Promise<TelemetryStore> {
  const chdb = await loadEngine();
  await mkdir(directory, { recursive: true });
  const exchange = join(directory, "exchange");
  await rm(exchange, { recursive: true, force: true });
  await mkdir(exchange, { recursive: true });
  const session = new chdb.Session(join(directory, "chdb"));
  const run = async (sql: string, format = "CSV") => {
    try {
      return await session.queryAsync(sql, { format });
    } catch (cause) {
      throw new EvidenceError(
        "store-failed",
        `expected the engine to answer, got: ${(cause as Error).message}`,
        { cause },
      );
    }
  };
  await run(CREATE_READINGS);
  let counter = 0;
  return {
    engine: "chdb",
    async ingest(site, readings) {
      const file = join(exchange, `${counter++}.native`);
      await writeFile(file, readingsBlock(readings));
      await run(
        `INSERT INTO readings SELECT ${literal(site)}, device, time_ms, power_mw FROM file(${literal(file)}, 'Native')`,
      );
      await rm(file);
    },
    async windows(site, devices, period, windowMs) {
      const windows = emptyWindows(devices, period, windowMs);
      const rows = new Map(devices.map((name, row) => [name, row]));
      const result = await run(windowsQuery(site, period, windowMs), "RowBinary");
      const bytes = result.bytes();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < bytes.length; ) {
        const length = view.getUint8(at);
        const row = rows.get(
          Buffer.from(bytes.buffer, bytes.byteOffset + at + 1, length).toString("utf8"),
        );
        at += 1 + length;
        if (row !== undefined) {
          const cell = row * windows.count + view.getUint32(at, true);
          windows.readings[cell] = view.getUint16(at + 4, true);
          windows.powerMilliwatts[cell] = view.getUint32(at + 6, true);
          windows.energyMillijoules[cell] = view.getUint32(at + 10, true);
        }
        at += 14;
      }
      return windows;
    },
    async devices(site, period) {
      const result = await run(
        `SELECT DISTINCT device FROM readings WHERE site = ${literal(site)}
         AND time_ms >= ${period.startMs} AND time_ms < ${period.endMs} ORDER BY device`,
        "TabSeparated",
      );
      return result
        .text()
        .split("\n")
        .filter((line) => line !== "");
    },
    async close() {
      session.close();
      await chdb.drainPending();
    },
  };
}

/** Names are at most 120 bytes, so RowBinary's length prefix is one byte. */
function windowsQuery(site: string, { startMs, endMs }: Period, windowMs: number): string {
  return `
    SELECT toString(device), toUInt32(intDiv(time_ms - ${startMs}, ${windowMs})) AS w,
           toUInt16(least(count(), 65535)), toUInt32(intDiv(sum(power_mw), count())), toUInt32(sum(energy_mj))
    FROM (
      SELECT device, time_ms, power_mw,
        lagInFrame(time_ms, 1, time_ms) OVER before AS earlier_ms,
        lagInFrame(power_mw, 1, power_mw) OVER before AS earlier_mw,
        if(time_ms - earlier_ms > ${LONGEST_STEP_WINDOWS * windowMs}, 0,
           intDiv((toInt64(power_mw) + toInt64(earlier_mw)) * (time_ms - earlier_ms), 2000)) AS energy_mj
      FROM (
        SELECT device, time_ms, min(readings.power_mw) AS power_mw FROM readings
        WHERE site = ${literal(site)} AND time_ms >= ${startMs} AND time_ms < ${endMs} GROUP BY device, time_ms
      )
      WINDOW before AS (PARTITION BY device ORDER BY time_ms ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    )
    GROUP BY device, w ORDER BY device, w`;
}

function readingsBlock(readings: Readings): Buffer {
  const names = Array.from(readings.device, (index) => readings.devices[index] as string);
  return encodeNativeBlock([
    { name: "device", type: "String", values: names },
    {
      name: "time_ms",
      type: "Int64",
      values: BigInt64Array.from(readings.timeMs, (time) => BigInt(time)),
    },
    { name: "power_mw", type: "UInt32", values: readings.powerMilliwatts },
  ]);
}

function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

async function loadEngine(): Promise<typeof import("chdb")> {
  try {
    return await import("chdb");
  } catch (cause) {
    throw new EvidenceError(
      "store-unavailable",
      "expected the optional package chdb, got none for this system",
      { cause },
    );
  }
}
