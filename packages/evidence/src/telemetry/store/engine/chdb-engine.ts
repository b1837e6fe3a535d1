import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "@standstill/record";
import { EvidenceError } from "../../../error.ts";
import type { SqlEngine } from "./sql-engine.ts";

/**
 * chDB, ClickHouse in this process, on a directory of its own.
 *
 * @throws EvidenceError `store-unavailable` where the package cannot be installed on this system
 */
export async function openChdbEngine(directory: string): Promise<SqlEngine> {
  const chdb = await loadEngine();
  const exchange = join(directory, "exchange");
  await rm(exchange, { recursive: true, force: true });
  await mkdir(exchange, { recursive: true });
  const session = new chdb.Session(join(directory, "chdb"));
  const run = async (sql: string) => {
    try {
      return await session.queryAsync(sql, { format: "RowBinary" });
    } catch (cause) {
      const message = `expected the engine to answer, got: ${reasonOf(cause)}`;
      throw new EvidenceError("store-failed", message, { cause });
    }
  };
  // Files of a year have readings of many days, and lists of series are long.
  await run("SET max_partitions_per_insert_block = 0, max_query_size = 16777216");
  let counter = 0;
  return {
    async command(sql) {
      await run(sql);
    },
    async query(sql) {
      return (await run(sql)).bytes();
    },
    async insert(table, block) {
      // Its addon takes no bytes, but reads files of the same format.
      const file = join(exchange, `${counter++}.native`);
      await writeFile(file, block);
      await run(`INSERT INTO ${table} SELECT * FROM file(${literal(file)}, 'Native')`);
      await rm(file);
    },
    async close() {
      session.close();
      await chdb.drainPending();
    },
  };
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
