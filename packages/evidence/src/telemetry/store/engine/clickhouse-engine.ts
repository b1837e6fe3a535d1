import { setTimeout as wait } from "node:timers/promises";
import { EvidenceError } from "../../../error.ts";
import type { SqlEngine } from "./sql-engine.ts";

/** Where a server is, and as whom to ask it. */
export interface ClickHouseOptions {
  /** Address of its HTTP interface, as `http://clickhouse-1:8123/`. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** Waits before each further attempt, in milliseconds; about two minutes in all if not given. */
  readonly waitsMs?: readonly number[];
}

const WAITS_MS = [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 60_000];
const LONGEST_ANSWER_MS = 600_000;
const SETTINGS = {
  max_partitions_per_insert_block: "0",
  max_query_size: "16777216",
  // An insert is answered once most replicas have it; without replicas this says nothing.
  insert_quorum: "auto",
  // An error in the middle of an answer would otherwise come after the status 200.
  wait_end_of_query: "1",
};

/**
 * A ClickHouse server over its HTTP interface (ClickHouse documentation, "HTTP Interface"): the statement in the body, or in
 * `query` where the body is a block of rows. A server that is not there, or is too busy, is asked again; what is added twice
 * counts once.
 */
export function clickHouseEngine(options: ClickHouseOptions): SqlEngine {
  const headers: Record<string, string> = {
    ...(options.user === undefined ? {} : { "x-clickhouse-user": options.user }),
    ...(options.password === undefined ? {} : { "x-clickhouse-key": options.password }),
    ...(options.database === undefined ? {} : { "x-clickhouse-database": options.database }),
  };
  const ask = async (parameters: Record<string, string>, body: string | Uint8Array) => {
    const url = new URL(options.url);
    for (const [name, value] of Object.entries({ ...SETTINGS, ...parameters })) {
      url.searchParams.set(name, value);
    }
    const waits = [...(options.waitsMs ?? WAITS_MS)];
    for (;;) {
      const answer = await answerOf(url, headers, body);
      if (answer.bytes !== undefined) return answer.bytes;
      const next = answer.isPassing ? waits.shift() : undefined;
      if (next === undefined) {
        const message = `expected the engine at ${url.origin} to answer, got: ${answer.reason}`;
        throw new EvidenceError("store-failed", message);
      }
      await wait(next);
    }
  };
  return {
    async command(sql) {
      await ask({}, sql);
    },
    query: (sql) => ask({ default_format: "RowBinary" }, sql),
    async insert(table, block) {
      await ask({ query: `INSERT INTO ${table} FORMAT Native` }, block);
    },
    async close() {},
  };
}

type Answer =
  | { readonly bytes: Uint8Array }
  | { readonly bytes: undefined; readonly reason: string; readonly isPassing: boolean };

async function answerOf(
  url: URL,
  headers: Record<string, string>,
  body: string | Uint8Array,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: body as string | Uint8Array<ArrayBuffer>,
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.ok) return { bytes };
    const text = new TextDecoder().decode(bytes).slice(0, 500).trim();
    const isPassing = response.status === 429 || [502, 503, 504].includes(response.status);
    return { bytes: undefined, reason: `${response.status}: ${text}`, isPassing };
  } catch (cause) {
    const { message, cause: reason } = cause as Error;
    const why = reason instanceof Error ? reason.message : message;
    return { bytes: undefined, reason: why, isPassing: true };
  }
}
