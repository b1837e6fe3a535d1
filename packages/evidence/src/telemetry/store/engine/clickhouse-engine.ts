import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { MINUTE_MS, reasonOf } from "@standstill/record";
import { EvidenceError } from "../../../error.ts";
import type { SqlEngine } from "./sql-engine.ts";

/** Where a server is, and as whom to ask it. */
export interface ClickHouseOptions {
  /** Address of its HTTP interface, as `http://clickhouse-1:8123/`; a path before it, as a proxy has, is kept. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** Waits before each further attempt, in milliseconds; about two minutes in all if not given. */
  readonly waitsMs?: readonly number[];
}

const WAITS_MS = [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 60_000];
const LONGEST_ANSWER_MS = 10 * MINUTE_MS;
const MOST_TOLD_BYTES = 500;

/** Answers that say that the server or what stands before it is busy or away. */
const PASSING_STATUS = new Set([429, 502, 503, 504]);

/**
 * Errors that a cluster gets over by itself (ClickHouse, src/Common/ErrorCodes.cpp); it tells most of them with the status 500: too
 * many queries at once, a socket that timed out, the network, a table that reads only while its Keeper is away, too many parts, no
 * connection to a replica, too few live replicas for the quorum, Keeper.
 */
const PASSING_CODES = new Set(["202", "209", "210", "242", "252", "279", "285", "999"]);

/**
 * A ClickHouse server over its HTTP interface, through the official client: statements as they are, rows in and out as raw streams of
 * ClickHouse's own formats. A server that is not there, or is too busy, is asked again; what is added twice counts once.
 */
export function clickHouseEngine(options: ClickHouseOptions): SqlEngine {
  const url = new URL(options.url);
  const { origin, pathname } = url;
  // The client takes a path for a database.
  url.pathname = "/";
  const client = createClient({
    url,
    pathname,
    username: options.user ?? "default",
    password: options.password ?? "",
    database: options.database ?? "default",
    application: "standstill",
    request_timeout: LONGEST_ANSWER_MS,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      max_partitions_per_insert_block: "0",
      max_query_size: "16777216",
      // An insert is answered once most replicas have it; without replicas this says nothing.
      insert_quorum: "auto",
      // An error in the middle of an answer would otherwise come after the status 200.
      wait_end_of_query: 1,
    },
  });
  const answerOf = async (query: string, block: Uint8Array | undefined): Promise<Answer> => {
    try {
      // The client's own errors do not tell the status.
      const asked = { query, ignore_error_response: true };
      const answer = await client.exec(
        block === undefined ? asked : { ...asked, values: Readable.from([block]) },
      );
      const bytes = await buffer(answer.stream);
      const { http_status_code: status = 0, response_headers: headers } = answer;
      const code = headers["x-clickhouse-exception-code"];
      if (status >= 200 && status < 300 && code === undefined) return { kind: "rows", bytes };
      const told = bytes.subarray(0, MOST_TOLD_BYTES).toString().trim();
      const isPassing = PASSING_STATUS.has(status) || PASSING_CODES.has(String(code));
      return { kind: "refused", reason: `${status}: ${told}`, isPassing };
    } catch (error) {
      return { kind: "refused", reason: reasonOf(error), isPassing: true };
    }
  };
  const ask = async (query: string, block?: Uint8Array): Promise<Uint8Array> => {
    const waits = [...(options.waitsMs ?? WAITS_MS)];
    for (;;) {
      const answer = await answerOf(query, block);
      if (answer.kind === "rows") return answer.bytes;
      const next = answer.isPassing ? waits.shift() : undefined;
      if (next === undefined) {
        const message = `expected the engine at ${origin} to answer, got: ${answer.reason}`;
        throw new EvidenceError("store-failed", message);
      }
      await wait(next);
    }
  };
  return {
    async command(sql) {
      await ask(sql);
    },
    query: (sql) => ask(`${sql} FORMAT RowBinary`),
    async insert(table, block) {
      await ask(`INSERT INTO ${table} FORMAT Native`, block);
    },
    close: () => client.close(),
  };
}

type Answer =
  | { readonly kind: "rows"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly reason: string; readonly isPassing: boolean };
