import { join } from "node:path";
import { sha256 } from "#primitives";
import { RecordError } from "../error.ts";
import { concatBytes, equalBytes } from "../formats/encoding.ts";
import { there } from "../there.ts";
import { encodeBundle } from "../tree/tiles.ts";
import type { Disk, DiskFile } from "./disk.ts";
import type { JournalBatch } from "./source.ts";

/**
 * The write-ahead log: entries that are acknowledged but not yet in tiles, in files named by their first entry. A file
 * begins with a nonce of its own. A batch is the nonce again, the length of its bundle, the index of its first entry,
 * their number (4 + 8 + 4 bytes, big-endian), the entries as a bundle, and the SHA-256 over all that.
 *
 * What was torn by a crash was never acknowledged, and is cut off. A broken batch with a whole one after it was
 * acknowledged and has been damaged since: that is refused (`store-altered`), never dropped in silence. The nonce makes
 * a batch recognizable, and no submitter can put one into an entry.
 */
export class Journal {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #files: { readonly path: string; end: number }[] = [];
  #current: { readonly file: DiskFile; readonly nonce: Uint8Array } | undefined;
  /** One operation after the other: a file that is being appended to must not be closed. */
  #busy: Promise<unknown> = Promise.resolve();

  constructor(disk: Disk, directory: string) {
    this.#disk = disk;
    this.#directory = directory;
  }

  /** All whole batches, oldest first. Files without any are removed. */
  async open(): Promise<JournalBatch[]> {
    await this.#disk.makeDirectory(this.#directory);
    const batches: JournalBatch[] = [];
    for (const name of await this.#disk.list(this.#directory)) {
      const path = join(this.#directory, name);
      const found = decodeFile(path, (await this.#disk.read(path)) ?? new Uint8Array(0));
      const last = found.at(-1);
      if (last === undefined) await this.#disk.remove(path);
      else this.#files.push({ path, end: last.first + last.entries.length });
      batches.push(...found);
    }
    return batches;
  }

  /** Appends a batch; when this resolves it survives a power loss. */
  append(batch: JournalBatch): Promise<void> {
    return this.#inTurn(() => this.#append(batch));
  }

  /** Removes the files whose entries all stand before `size`; the next batch begins a new file. */
  forget(size: number): Promise<void> {
    return this.#inTurn(() => this.#forget(size));
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => this.#current?.file.close());
    this.#current = undefined;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#busy.then(work);
    this.#busy = mine.catch(() => undefined);
    return mine;
  }

  async #append(batch: JournalBatch): Promise<void> {
    this.#current ??= await this.#begin(batch.first);
    const { file, nonce } = this.#current;
    await file.append(encodeBatch(nonce, batch));
    await file.sync();
    const end = batch.first + batch.entries.length;
    there(this.#files.at(-1)).end = end;
  }

  async #forget(size: number): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    await current?.file.close();
    for (const { path, end } of [...this.#files]) {
      if (end > size) break;
      await this.#disk.remove(path);
      this.#files.shift();
    }
  }

  async #begin(first: number): Promise<{ file: DiskFile; nonce: Uint8Array }> {
    const path = join(this.#directory, String(first).padStart(16, "0"));
    const nonce = globalThis.crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const file = await this.#disk.create(path);
    await file.append(nonce);
    await this.#disk.syncDirectory(this.#directory);
    this.#files.push({ path, end: first });
    return { file, nonce };
  }
}

const NONCE_BYTES = 16;
const HEAD_BYTES = NONCE_BYTES + 4 + 8 + 4;
const CHECK_BYTES = 32;

function encodeBatch(nonce: Uint8Array, { first, entries }: JournalBatch): Uint8Array {
  const bundle = encodeBundle(entries);
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head.set(nonce);
  view.setUint32(NONCE_BYTES, bundle.length);
  view.setBigUint64(NONCE_BYTES + 4, BigInt(first));
  view.setUint32(NONCE_BYTES + 12, entries.length);
  const body = concatBytes(head, bundle);
  return concatBytes(body, sha256(body));
}

function decodeFile(path: string, bytes: Uint8Array): JournalBatch[] {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const batches: JournalBatch[] = [];
  let at = NONCE_BYTES;
  while (at < bytes.length) {
    const batch = decodeBatch(bytes, at, nonce);
    if (batch === undefined) {
      refuseLost(path, bytes, at + 1, nonce);
      break;
    }
    batches.push({ first: batch.first, entries: batch.entries });
    at = batch.end;
  }
  return batches;
}

/** The batch at an offset, or `undefined` where no whole one lies. */
function decodeBatch(
  bytes: Uint8Array,
  at: number,
  nonce: Uint8Array,
): (JournalBatch & { readonly end: number }) | undefined {
  if (nonce.length < NONCE_BYTES || at + HEAD_BYTES + CHECK_BYTES > bytes.length) return undefined;
  if (!equalBytes(bytes.subarray(at, at + NONCE_BYTES), nonce)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, HEAD_BYTES);
  const bodyEnd = at + HEAD_BYTES + view.getUint32(NONCE_BYTES);
  const end = bodyEnd + CHECK_BYTES;
  if (end > bytes.length) return undefined;
  if (!equalBytes(sha256(bytes.subarray(at, bodyEnd)), bytes.subarray(bodyEnd, end))) {
    return undefined;
  }
  const entries = splitBundle(bytes.subarray(at + HEAD_BYTES, bodyEnd));
  return { first: Number(view.getBigUint64(NONCE_BYTES + 4)), entries, end };
}

/** Entries of a bundle whose hash has been checked. */
function splitBundle(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = (there(bundle[at]) << 8) | there(bundle[at + 1]);
    entries.push(bundle.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

function refuseLost(path: string, bytes: Uint8Array, from: number, nonce: Uint8Array): void {
  for (let at = from; at + HEAD_BYTES + CHECK_BYTES <= bytes.length; at++) {
    if (bytes[at] !== nonce[0] || decodeBatch(bytes, at, nonce) === undefined) continue;
    throw new RecordError(
      "store-altered",
      "expected acknowledged entries as they were written, got a damaged batch before whole ones; restore this file from a copy",
      { place: path },
    );
  }
}
