import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EvidenceError } from "../error.ts";
import { QUANTITIES } from "../intake/quantities.ts";
import { type Samples, SamplesBuilder } from "../intake/samples.ts";
import type { Period } from "../readings.ts";
import { emptyWindows, LONGEST_STEP_WINDOWS } from "../windows.ts";
import { encodeNativeBlock } from "./native-block.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

/**
 * The engine's part of the table definition; a cluster would put Replicated and Distributed here. Equal rows become one; the
 * value is part of the key, so that of different readings at one instant none is dropped by chance.
 */
const ENGINE =
  "ReplacingMergeTree ORDER BY (series, time_ms, value) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1";

const CREATE_READINGS = `
  CREATE TABLE IF NOT EXISTS readings (
    series UInt32, time_ms Int64 CODEC(DoubleDelta, LZ4), value Int64 CODEC(T64, LZ4)
  ) ENGINE = ${ENGINE}`;

/**
 * The telemetry store on chDB, ClickHouse in this process. Everything that is sealed later is summed in integers: float
 * sums vary from run to run. One process owns the directory.
 *
 * @param keepDays readings older than that are dropped by the engine in its own time; kept for ever if not given
 */
export async function openChdbStore(directory: string, keepDays?: number): Promise<TelemetryStore> {
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
  if (keepDays !== undefined) await keepFor(run, Math.floor(keepDays));
  let counter = 0;
  return {
    engine: "chdb",
    async append(samples) {
      const file = join(exchange, `${counter++}.native`);
      await writeFile(file, samplesBlock(samples));
      await run(
        `INSERT INTO readings SELECT series, time_ms, value FROM file(${literal(file)}, 'Native')`,
      );
      await rm(file);
    },
    async windows(series, devices, period, windowMs) {
      const windows = emptyWindows(devices, period, windowMs);
      if (series.length === 0) return windows;
      const rows = new Map(series.map((number, row) => [number, row]));
      const result = await run(windowsQuery(series, period, windowMs), "RowBinary");
      const bytes = result.bytes();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < bytes.length; at += 18) {
        const row = rows.get(view.getUint32(at, true)) as number;
        const cell = row * windows.count + view.getUint32(at + 4, true);
        windows.readings[cell] = view.getUint16(at + 8, true);
        windows.powerMilliwatts[cell] = view.getUint32(at + 10, true);
        windows.energyMillijoules[cell] = view.getUint32(at + 14, true);
      }
      return windows;
    },
    async fill(windows, rows, period) {
      if (rows.length === 0) return;
      const rowOf = new Map(rows.map(({ series, row }) => [series, row]));
      const { kind } = QUANTITIES[windows.quantity];
      const sql = quantityWindowsQuery([...rowOf.keys()], period, windows.windowMs);
      const bytes = (await run(sql, "RowBinary")).bytes();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const whole = (at: number) => Number(view.getBigInt64(at, true));
      for (let at = 0; at < bytes.length; at += 44) {
        const row = rowOf.get(view.getUint32(at, true)) as number;
        const cell = row * windows.count + view.getUint32(at + 4, true);
        const readings = view.getUint32(at + 8, true);
        windows.readings[cell] = readings;
        const sum = whole(at + 12);
        if (kind === "gauge") windows.mean[cell] = Math.floor(sum / readings);
        else if (kind === "amount") windows.mean[cell] = sum;
        windows.lowest[cell] = whole(at + 20);
        windows.highest[cell] = whole(at + 28);
        if (kind === "counter") windows.increase[cell] = whole(at + 36);
      }
    },
    async readings(series, period) {
      const builder = new SamplesBuilder();
      if (series.length === 0) return builder.take();
      const result = await run(
        `SELECT series, time_ms, min(value) FROM readings WHERE ${within(series, period)} GROUP BY series, time_ms ORDER BY series, time_ms`,
        "RowBinary",
      );
      const bytes = result.bytes();
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < bytes.length; at += 20) {
        const [time, value] = [view.getBigInt64(at + 4, true), view.getBigInt64(at + 12, true)];
        builder.add(view.getUint32(at, true), Number(time), Number(value));
      }
      return builder.take();
    },
    async present(series, period) {
      if (series.length === 0) return [];
      const result = await run(
        `SELECT DISTINCT series FROM readings WHERE ${within(series, period)} ORDER BY series`,
        "TabSeparated",
      );
      return result
        .text()
        .split("\n")
        .filter((line) => line !== "")
        .map(Number);
    },
    async close() {
      session.close();
      await chdb.drainPending();
    },
  };
}

/** Saying it again would make the engine look at every reading again. */
async function keepFor(
  run: (sql: string) => Promise<{ text(): string }>,
  days: number,
): Promise<void> {
  const told = (await run("SELECT engine_full FROM system.tables WHERE name = 'readings'")).text();
  if (told.includes(`toIntervalDay(${days})`)) return;
  await run(
    `ALTER TABLE readings MODIFY TTL toDateTime(intDiv(time_ms, 1000)) + INTERVAL ${days} DAY`,
  );
}

function within(series: readonly number[], { startMs, endMs }: Period): string {
  return `series IN (${series.join(",")}) AND time_ms >= ${startMs} AND time_ms < ${endMs}`;
}

function windowsQuery(series: readonly number[], period: Period, windowMs: number): string {
  return `
    SELECT series, toUInt32(intDiv(time_ms - ${period.startMs}, ${windowMs})) AS w,
           toUInt16(least(count(), 65535)), toUInt32(intDiv(sum(lowest), count())), toUInt32(sum(energy_mj))
    FROM (
      SELECT series, time_ms, lowest,
        lagInFrame(time_ms, 1, time_ms) OVER before AS earlier_ms,
        lagInFrame(lowest, 1, lowest) OVER before AS earlier_mw,
        if(time_ms - earlier_ms > ${LONGEST_STEP_WINDOWS * windowMs}, 0,
           intDiv((lowest + earlier_mw) * (time_ms - earlier_ms), 2000)) AS energy_mj
      FROM (
        SELECT series, time_ms, min(value) AS lowest FROM readings
        WHERE ${within(series, period)} GROUP BY series, time_ms
      )
      WINDOW before AS (PARTITION BY series ORDER BY time_ms ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    )
    GROUP BY series, w ORDER BY series, w`;
}

/** A counter that falls was reset: it has grown by what it shows. */
function quantityWindowsQuery(series: readonly number[], period: Period, windowMs: number): string {
  return `
    SELECT series, toUInt32(intDiv(time_ms - ${period.startMs}, ${windowMs})) AS w,
           toUInt32(count()), sum(lowest), min(lowest), max(lowest), sum(more)
    FROM (
      SELECT series, time_ms, lowest,
        lagInFrame(lowest, 1, lowest) OVER before AS earlier,
        if(lowest >= earlier, lowest - earlier, lowest) AS more
      FROM (
        SELECT series, time_ms, min(value) AS lowest FROM readings
        WHERE ${within(series, period)} GROUP BY series, time_ms
      )
      WINDOW before AS (PARTITION BY series ORDER BY time_ms ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
    )
    GROUP BY series, w ORDER BY series, w`;
}

function samplesBlock({ series, timeMs, values }: Samples): Buffer {
  return encodeNativeBlock([
    { name: "series", type: "UInt32", values: series },
    { name: "time_ms", type: "Int64", values: wholes(timeMs) },
    { name: "value", type: "Int64", values: wholes(values) },
  ]);
}

/** Whole doubles as 64-bit integers, without a BigInt for each: bitwise operators take a value modulo 2^32. */
function wholes(values: Float64Array): BigInt64Array {
  const halves = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    halves[2 * i] = value | 0;
    halves[2 * i + 1] = Math.floor(value / 4_294_967_296);
  }
  return new BigInt64Array(halves.buffer);
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
