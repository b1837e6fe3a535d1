import { DAY_MS } from "@standstill/record";

/**
 * What differs between one process and a cluster: the engine of each table, without its arguments after the last. A cluster
 * says `ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/standstill/{table}', '{replica}')`.
 */
export const LOCAL_ENGINE = "ReplacingMergeTree";
/** The engine of a cluster whose servers know their `shard` and `replica` by macros. */
export const REPLICATED_ENGINE =
  "ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/standstill/{table}', '{replica}')";

const DURABLE = "fsync_after_insert = 1, fsync_part_directory = 1";

/**
 * The tables, the same in one process and on each shard of a cluster. Of equal keys the engine keeps the row that came last.
 *
 * - `readings`: the value is part of the key, so that of different readings at one instant none is dropped by chance.
 * - `windows`: one row for a minute of a series that has readings: how many, their sum, least and most, the first and the
 *   last with their milliseconds in the minute, and what grew between them: energy in mJ for power, the increase for
 *   counters, and 0 for others. What grew between two minutes follows from the last of the one and the first of the other,
 *   so a late reading changes its own minute alone.
 * - `series`: what the numbers are of.
 */
export function createTables(engine: string): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS readings (
      series UInt32, time_ms Int64 CODEC(DoubleDelta, LZ4), value Int64 CODEC(T64, LZ4)
    ) ENGINE = ${engine.replaceAll("{table}", "readings")} PARTITION BY intDiv(time_ms, ${DAY_MS})
    ORDER BY (series, time_ms, value) SETTINGS ${DURABLE}`,
    `CREATE TABLE IF NOT EXISTS windows (
      series UInt32, start_ms Int64 CODEC(DoubleDelta, LZ4), readings UInt32 CODEC(T64, LZ4), total Int64 CODEC(T64, LZ4),
      lowest Int64 CODEC(T64, LZ4), highest Int64 CODEC(T64, LZ4), first_in_ms UInt16 CODEC(T64, LZ4), first Int64 CODEC(T64, LZ4),
      last_in_ms UInt16 CODEC(T64, LZ4), last Int64 CODEC(T64, LZ4), grown Int64 CODEC(T64, LZ4)
    ) ENGINE = ${engine.replaceAll("{table}", "windows")} PARTITION BY intDiv(start_ms, ${DAY_MS})
    ORDER BY (series, start_ms) SETTINGS ${DURABLE}`,
    `CREATE TABLE IF NOT EXISTS series (
      series UInt32, site String, device String, quantity String, kind String, feed String
    ) ENGINE = ${engine.replaceAll("{table}", "series")} ORDER BY series SETTINGS ${DURABLE}`,
  ];
}

/** Tells the engine how long readings are kept; windows stay. */
export function keepReadingsFor(days: number): string {
  return `ALTER TABLE readings MODIFY TTL toDateTime(intDiv(time_ms, 1000)) + INTERVAL ${days} DAY`;
}

/** Answers with one row where readings are kept for so many days already: saying it again makes the engine look at every reading. */
export function isKeptFor(days: number): string {
  return `SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = 'readings' AND position(engine_full, 'toIntervalDay(${days})') > 0`;
}
