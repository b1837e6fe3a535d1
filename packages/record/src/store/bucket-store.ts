import { AwsClient } from "aws4fetch";
import { z } from "zod";
import { sha256 } from "#primitives";
import { RecordError } from "../error.ts";
import { parseJson } from "../formats/canonical-json.ts";
import { concatBytes, equalBytes, utf8 } from "../formats/encoding.ts";
import { describeIssues } from "../statement.ts";
import { decodeBundle, encodeBundle } from "../tree/tiles.ts";
import { CHECKPOINT_PATH, type JournalBatch, type LogStore, type RecordFile } from "./source.ts";

/** An S3-compatible bucket, and who may write to it. */
export interface BucketOptions {
  /** Address of the bucket, with the prefix of the log if it has one, as `https://s3.example/bucket/log`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** How long to wait for an answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Objects that are written or read at once. */
const AT_ONCE = 16;
const CHECK_BYTES = 32;
const COUNT_BYTES = 4;

/**
 * A log in an S3-compatible bucket: public files below `record/`, the writer's own below `state/`. There is no lock: whoever
 * opens the store last is its writer, and the one before finds out at its next write (`store-fenced`).
 *
 * An append is acknowledged only after its batch is there and `state/writer` was then still this writer's. Who takes over
 * changes `state/writer` first and reads the batches after that: so it sees every batch that was acknowledged. It copies them
 * under its own name before it writes anything; what the writer before still adds under its own is looked at by nobody. What
 * is signed or shown replaces only what this writer last saw. All that rests on conditions on requests: a bucket that ignores
 * them is refused when it is opened (`store-failed`).
 */
export async function openBucketStore(options: BucketOptions): Promise<LogStore> {
  const bucket = new Bucket(options);
  await bucket.checkConditions();
  const tags = new Map<string, string>();
  const ends = new Map<string, number>();

  const readTagged = async (key: string): Promise<Uint8Array | undefined> => {
    const found = await bucket.get(key);
    if (found === undefined) tags.delete(key);
    else tags.set(key, found.tag);
    return found?.bytes;
  };
  const replace = async (key: string, bytes: Uint8Array): Promise<void> => {
    const tag = tags.get(key);
    const condition = tag === undefined ? { "if-none-match": "*" } : bucket.ifMatch(tag);
    tags.set(key, await bucket.put(key, bytes, condition));
  };
  const write = async ({ path, bytes }: RecordFile): Promise<void> => {
    if (path === CHECKPOINT_PATH) await replace(`record/${path}`, bytes);
    else await bucket.put(`record/${path}`, bytes, {});
  };

  // From here on the writer before acknowledges nothing more.
  const mine = globalThis.crypto.randomUUID();
  const before = parseWriter(await readTagged(WRITER));
  await replace(WRITER, writerBytes({ writer: mine, journal: before?.journal ?? mine }));

  const put = async ({ first, entries }: JournalBatch): Promise<void> => {
    const key = `${journalOf(mine)}${String(first).padStart(16, "0")}`;
    await bucket.put(key, encodeBatch({ first, entries }), { "if-none-match": "*" });
    ends.set(key, first + entries.length);
  };

  const checkWriter = async (): Promise<void> => {
    const now = parseWriter((await bucket.get(WRITER))?.bytes);
    if (now?.writer === mine) return;
    const message = "expected to be the writer of this log still, got another one that took over";
    throw new RecordError("store-fenced", message, { place: WRITER });
  };

  return {
    read: (path) =>
      path === CHECKPOINT_PATH
        ? readTagged(`record/${path}`)
        : bucket.get(`record/${path}`).then((found) => found?.bytes),
    list: async () => (await bucket.list("record/")).map((key) => key.slice("record/".length)),
    write: (files) => inChunks(files, write),
    removePartials: async (path) =>
      inChunks(await bucket.list(`record/${path}.p/`), (key) => bucket.remove(key)),
    readSigned: () => readTagged("state/signed"),
    writeSigned: async (note) => {
      await checkWriter();
      await replace("state/signed", note);
    },
    readJournal: async () => {
      const batches: JournalBatch[] = [];
      if (before === undefined) return batches;
      const keys = await bucket.list(journalOf(before.journal));
      for (const key of keys) {
        const found = await bucket.get(key);
        if (found !== undefined) batches.push(decodeBatch(key, found.bytes));
      }
      await inChunks(batches, put);
      await replace(WRITER, writerBytes({ writer: mine, journal: mine }));
      await inChunks(keys, (key) => bucket.remove(key));
      return batches;
    },
    appendJournal: async (batch) => {
      await put(batch);
      await checkWriter();
    },
    forgetJournal: async (size) => {
      const over = [...ends].filter(([, end]) => end <= size).map(([key]) => key);
      await inChunks(over, (key) => bucket.remove(key));
      for (const key of over) ends.delete(key);
    },
    close: async () => undefined,
  };
}

const WRITER = "state/writer";

/** Who writes the log, and under whose name its batches are. */
interface Writer {
  readonly writer: string;
  readonly journal: string;
}

function journalOf(writer: string): string {
  return `state/journal/${writer}/`;
}

function writerBytes(writer: Writer): Uint8Array {
  return utf8(JSON.stringify(writer));
}

function parseWriter(bytes: Uint8Array | undefined): Writer | undefined {
  if (bytes === undefined) return undefined;
  const parsed = writerSchema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new RecordError("store-altered", describeIssues(parsed.error), { place: WRITER });
}

const writerSchema = z.strictObject({ writer: z.uuid(), journal: z.uuid() });

/** The requests of S3 that a log needs (Amazon S3 API Reference: GetObject, PutObject, DeleteObject, ListObjectsV2). */
class Bucket {
  readonly #client: AwsClient;
  readonly #url: URL;
  readonly #timeoutMs: number;
  #isUnquoted = false;

  constructor({ url, timeoutMs = 20_000, ...access }: BucketOptions) {
    this.#client = new AwsClient({ ...access, service: "s3", retries: 0 });
    this.#url = new URL(url.replace(/\/*$/, "/"));
    this.#timeoutMs = timeoutMs;
  }

  async get(key: string): Promise<{ bytes: Uint8Array; tag: string } | undefined> {
    const response = await this.#ask("GET", key);
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw failed(key, response.status);
    const bytes = new Uint8Array(await this.#inTime(key, response.arrayBuffer()));
    return { bytes, tag: response.headers.get("etag") ?? "" };
  }

  /** Writes an object under a condition and returns its tag; refuses (`store-fenced`) where the condition fails. */
  async put(key: string, bytes: Uint8Array, condition: Record<string, string>): Promise<string> {
    const response = await this.#ask("PUT", key, bytes, condition);
    if (response.status === 200) return response.headers.get("etag") ?? "";
    if (response.status === 412 || response.status === 409) {
      const message = `expected to be the only writer of ${key}, got another one there before; nothing more is written by this one`;
      throw new RecordError("store-fenced", message, { place: key });
    }
    throw failed(key, response.status);
  }

  async remove(key: string): Promise<void> {
    const response = await this.#ask("DELETE", key);
    if (![200, 204, 404].includes(response.status)) throw failed(key, response.status);
  }

  /** Keys below a prefix, sorted. */
  async list(prefix: string): Promise<string[]> {
    const base = this.#url.pathname.split("/").slice(2).join("/");
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({
        "list-type": "2",
        "encoding-type": "url",
        prefix: base + prefix,
      });
      if (token !== undefined) query.set("continuation-token", token);
      const bucket = this.#url.pathname.split("/").slice(0, 2).join("/");
      const response = await this.#ask("GET", `${bucket}?${query}`);
      if (response.status !== 200) throw failed(prefix, response.status);
      const xml = await this.#inTime(prefix, response.text());
      for (const [, key = ""] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) {
        keys.push(decodeURIComponent(key.replaceAll("+", " ")).slice(base.length));
      }
      token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(xml)?.[1];
    } while (token !== undefined);
    return keys.sort();
  }

  /** Tries with an object of its own whether the bucket keeps to conditions. */
  async checkConditions(): Promise<void> {
    const key = `state/probe-${globalThis.crypto.randomUUID()}`;
    const probe = new Uint8Array([1]);
    try {
      const tag = await this.put(key, probe, { "if-none-match": "*" });
      const held = [
        await this.#isRefused(key, { "if-none-match": "*" }),
        await this.#isRefused(key, { "if-match": `"${"0".repeat(32)}"` }),
      ];
      if (held.every(Boolean) && (await this.#findSpelling(key, tag))) return;
    } finally {
      await this.remove(key);
    }
    const message =
      "expected a bucket that keeps to If-None-Match and If-Match, got one that does not: two writers could fork the log; use another store";
    throw new RecordError("store-failed", message, { place: this.#url.href });
  }

  /** The condition that an object is the one with this tag. */
  ifMatch(tag: string): Record<string, string> {
    return { "if-match": this.#isUnquoted ? tag.replaceAll('"', "") : tag };
  }

  /** A tag is quoted (RFC 9110, section 8.8.3), but Ceph's gateway knows it in conditions on writing only without quotes. */
  async #findSpelling(key: string, tag: string): Promise<boolean> {
    if (!(await this.#isRefused(key, this.ifMatch(tag)))) return true;
    this.#isUnquoted = true;
    return !(await this.#isRefused(key, this.ifMatch(tag)));
  }

  async #isRefused(key: string, condition: Record<string, string>): Promise<boolean> {
    try {
      await this.put(key, new Uint8Array([2]), condition);
      return false;
    } catch (error) {
      if (error instanceof RecordError && error.code === "store-fenced") return true;
      throw error;
    }
  }

  async #ask(
    method: string,
    key: string,
    body?: Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const address = new URL(key, this.#url);
    const request = await this.#client.sign(address.href, {
      method,
      headers,
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    return this.#inTime(
      key,
      fetch(request, { signal: AbortSignal.timeout(this.#timeoutMs), redirect: "error" }),
    );
  }

  async #inTime<Result>(key: string, work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (cause) {
      const message = `expected an answer of the bucket for ${key}, got none in time`;
      throw new RecordError("store-failed", message, { place: key, cause });
    }
  }
}

/** First entry's place is in the name; here their number, the entries as a bundle, and the SHA-256 over both. */
function encodeBatch({ entries }: JournalBatch): Uint8Array {
  const count = new Uint8Array(COUNT_BYTES);
  new DataView(count.buffer).setUint32(0, entries.length);
  const body = concatBytes(count, encodeBundle(entries));
  return concatBytes(body, sha256(body));
}

function decodeBatch(key: string, bytes: Uint8Array): JournalBatch {
  const body = bytes.subarray(0, Math.max(0, bytes.length - CHECK_BYTES));
  if (body.length < COUNT_BYTES || !equalBytes(sha256(body), bytes.subarray(body.length))) {
    const message = "expected acknowledged entries as they were written, got a damaged batch";
    throw new RecordError("store-altered", message, { place: key });
  }
  const count = new DataView(body.buffer, body.byteOffset).getUint32(0);
  const first = Number(key.slice(key.lastIndexOf("/") + 1));
  return { first, entries: decodeBundle(body.subarray(COUNT_BYTES), count) };
}

async function inChunks<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < items.length; first += AT_ONCE) {
    await Promise.all(items.slice(first, first + AT_ONCE).map(work));
  }
}

function failed(key: string, status: number): RecordError {
  const message = `expected the bucket to serve ${key}, got status ${status}`;
  return new RecordError("store-failed", message, { place: key });
}
