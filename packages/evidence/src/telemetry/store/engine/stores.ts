import type { TelemetryStore } from "../telemetry-store.ts";
import { openChdbEngine } from "./chdb-engine.ts";
import type { ClickHouseOptions } from "./clickhouse-engine.ts";
import { openSqlStore } from "./sql-store.ts";
import { LOCAL_ENGINE, REPLICATED_ENGINE } from "./tables.ts";

/**
 * The telemetry store on chDB, ClickHouse in this process. One process owns the directory.
 *
 * @param keepDays readings older than that are dropped by the engine in its own time; kept for ever if not given
 */
export async function openChdbStore(directory: string, keepDays?: number): Promise<TelemetryStore> {
  const engine = await openChdbEngine(directory);
  return openSqlStore({
    name: "chdb",
    directory,
    keepDays,
    shards: [engine],
    tableEngine: LOCAL_ENGINE,
  });
}

/** A cluster of ClickHouse servers. */
export interface ClusterOptions {
  /** One server of each shard, in an order that never changes. */
  readonly shards: readonly ClickHouseOptions[];
  /** Whether each shard has replicas; its servers then know `{shard}` and `{replica}` as macros. */
  readonly isReplicated: boolean;
  readonly keepDays?: number | undefined;
}

/**
 * The telemetry store on a cluster of ClickHouse servers. The monitor shares series out itself, so no Distributed table is
 * needed; its own log stays in the directory.
 */
export async function openClusterStore(
  directory: string,
  { shards, isReplicated, keepDays }: ClusterOptions,
): Promise<TelemetryStore> {
  // Only who has a cluster waits for its client to load.
  const { clickHouseEngine } = await import("./clickhouse-engine.ts");
  return openSqlStore({
    name: "clickhouse",
    directory,
    keepDays,
    shards: shards.map(clickHouseEngine),
    tableEngine: isReplicated ? REPLICATED_ENGINE : LOCAL_ENGINE,
  });
}
