import { mkdir } from "node:fs/promises";
import { HOUR_MS, MINUTE_MS, there } from "@standstill/record";
import { emptyWindows } from "../../../windows/windows.ts";
import { QUANTITIES } from "../../readings/quantities.ts";
import type { Period } from "../../readings/readings.ts";
import { SamplesBuilder } from "../../readings/samples.ts";
import type { TelemetryStore } from "../telemetry-store.ts";
import { samplesBlock, seriesBlocks } from "./blocks.ts";
import { DirtyHours } from "./dirty-hours.ts";
import * as queries from "./queries.ts";
import { shareOut } from "./shards.ts";
import type { SqlEngine } from "./sql-engine.ts";
import { createTables, isKeptFor, keepReadingsFor } from "./tables.ts";

/** What the telemetry store on SQL works with. */
export interface SqlStoreOptions {
  readonly name: TelemetryStore["engine"];
  /** Where it is noted which windows are not made yet. */
  readonly directory: string;
  /** A series lies whole on one of them: the rest of its number divided by how many there are. Never change their order or number. */
  readonly shards: readonly SqlEngine[];
  /** The engine of the tables. */
  readonly tableEngine: string;
  /** Readings older than that are dropped by the engine in its own time; kept for ever if not given. */
  readonly keepDays?: number | undefined;
}

/** Hours whose windows are made in one statement: the engine's memory bounds it. */
const HOURS_AT_ONCE = 6;

/**
 * The telemetry store on ClickHouse's SQL. Windows of a minute are kept by the engine, made anew from readings where some
 * came. Everything that is sealed later is summed in integers: float sums vary from run to run.
 */
export async function openSqlStore(options: SqlStoreOptions): Promise<TelemetryStore> {
  const { shards, directory, keepDays } = options;
  await mkdir(directory, { recursive: true });
  const dirty = await DirtyHours.open(directory);
  const everywhere = (work: (shard: SqlEngine) => Promise<unknown>) =>
    Promise.all(shards.map(work));
  for (const sql of createTables(options.tableEngine)) {
    await everywhere((shard) => shard.command(sql));
  }
  if (keepDays !== undefined) await everywhere((shard) => keepFor(shard, Math.floor(keepDays)));

  // Readings that come while windows are made of them would be missing there.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const make = async (hours: readonly number[]) => {
    if (hours.length === 0) return;
    for (const period of stretches(hours)) {
      await everywhere((shard) => shard.command(queries.rebuildWindows(period)));
    }
    await dirty.clear(hours);
  };
  const made = ({ startMs, endMs }: Period) => inTurn(() => make(dirty.between(startMs, endMs)));
  const ask = async (
    series: readonly number[],
    query: (series: readonly number[]) => string,
    rowBytes: number,
    each: (row: DataView, at: number) => void,
  ) => {
    await Promise.all(
      shards.map(async (shard, index) => {
        const its = series.filter((number) => number % shards.length === index);
        if (its.length === 0) return;
        const bytes = await shard.query(query(its));
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        for (let at = 0; at < bytes.length; at += rowBytes) each(view, at);
      }),
    );
  };

  return {
    engine: options.name,
    async define(from, series) {
      const parts = seriesBlocks(from, series, shards.length);
      await everywhere(async (shard) => {
        const block = parts[shards.indexOf(shard)];
        if (block !== undefined) await shard.insert("series", block);
      });
    },
    append: (samples) =>
      inTurn(async () => {
        await dirty.note(samples.timeMs);
        const parts = shareOut(samples, shards.length);
        await Promise.all(
          shards.map((shard, index) => {
            const part = there(parts[index]);
            return part.series.length === 0
              ? undefined
              : shard.insert("readings", samplesBlock(part));
          }),
        );

        // One by one would read the day's readings again for each hour.
        const settled = dirty.settled();
        if (settled.length >= HOURS_AT_ONCE) await make(settled);
      }),
    async windows(series, devices, period, windowMs) {
      const windows = emptyWindows(devices, period, windowMs);
      const isKept = windowMs === MINUTE_MS;
      if (isKept) await made(period);
      const rows = new Map(series.map((number, row) => [number, row]));
      const query = (its: readonly number[]) =>
        isKept ? queries.keptPowerQuery(its, period) : queries.powerQuery(its, period, windowMs);
      await ask(series, query, 18, (view, at) => {
        const row = there(rows.get(view.getUint32(at, true)));
        const cell = row * windows.count + view.getUint32(at + 4, true);
        windows.readings[cell] = view.getUint16(at + 8, true);
        windows.powerMilliwatts[cell] = view.getUint32(at + 10, true);
        windows.energyMillijoules[cell] = view.getUint32(at + 14, true);
      });
      return windows;
    },
    async fill(windows, rows, period) {
      const isKept = [windows.windowMs, period.startMs, period.endMs].every(
        (ms) => ms % MINUTE_MS === 0,
      );
      if (isKept) await made(period);
      const rowOf = new Map(rows.map(({ series, row }) => [series, row]));
      const { kind } = QUANTITIES[windows.quantity];
      const query = (its: readonly number[]) =>
        isKept
          ? queries.keptQuantityQuery(its, period, windows.windowMs)
          : queries.quantityQuery(its, period, windows.windowMs);
      await ask([...rowOf.keys()], query, 44, (view, at) => {
        const whole = (offset: number) => Number(view.getBigInt64(at + offset, true));
        const row = there(rowOf.get(view.getUint32(at, true)));
        const cell = row * windows.count + view.getUint32(at + 4, true);
        const readings = view.getUint32(at + 8, true);
        windows.readings[cell] = readings;
        const sum = whole(12);
        if (kind === "gauge") windows.mean[cell] = Math.floor(sum / readings);
        else if (kind === "amount") windows.mean[cell] = sum;
        windows.lowest[cell] = whole(20);
        windows.highest[cell] = whole(28);
        if (kind === "counter") windows.increase[cell] = whole(36);
      });
    },
    async readings(series, period) {
      const builder = new SamplesBuilder();
      const query = (its: readonly number[]) => queries.readingsQuery(its, period);
      await ask(series, query, 20, (view, at) => {
        const [time, value] = [view.getBigInt64(at + 4, true), view.getBigInt64(at + 12, true)];
        builder.add(view.getUint32(at, true), Number(time), Number(value));
      });
      return builder.take();
    },
    async present(series, period) {
      const present: number[] = [];
      const query = (its: readonly number[]) => queries.presentQuery(its, period);
      await ask(series, query, 4, (view, at) => present.push(view.getUint32(at, true)));
      return present.sort((a, b) => a - b);
    },
    async close() {
      await turn;
      await everywhere((shard) => shard.close());
    },
  };
}

async function keepFor(shard: SqlEngine, days: number): Promise<void> {
  const told = await shard.query(isKeptFor(days));
  if (told.length === 0) await shard.command(keepReadingsFor(days));
}

/** Hours as periods of whole hours that follow one another, none too long. */
function stretches(hours: readonly number[]): Period[] {
  const periods: { startMs: number; endMs: number }[] = [];
  for (const hour of hours) {
    const last = periods.at(-1);
    const startMs = hour * HOUR_MS;
    if (last?.endMs === startMs && startMs - last.startMs < HOURS_AT_ONCE * HOUR_MS) {
      last.endMs += HOUR_MS;
    } else periods.push({ startMs, endMs: startMs + HOUR_MS });
  }
  return periods;
}
