import { type FileHandle, open } from "node:fs/promises";
import { sha256 } from "#primitives";
import { concatBytes, equalBytes } from "../formats/encoding.ts";

const HEAD_BYTES = 12;
const CHECK_BYTES = 8;

/** An entry with its place in the log. */
export interface JournalItem {
  readonly index: number;
  readonly entry: Uint8Array;
}

/**
 * The write-ahead log: entries that are acknowledged but not yet in a published tile. An item is its length and index
 * (4 + 8 bytes, big-endian), the entry, and 8 bytes of SHA-256 over all that; a torn tail is cut off on opening.
 */
export class Journal {
  readonly #file: FileHandle;
  #end: number;

  private constructor(file: FileHandle, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /** Opens or creates the journal and returns what whole items it holds. */
  static async open(path: string): Promise<{ journal: Journal; items: JournalItem[] }> {
    const file = await open(path, "a+", 0o600).then(async (created) => {
      await created.close();
      return open(path, "r+");
    });
    const bytes = new Uint8Array(await file.readFile());
    const { items, end } = decodeItems(bytes);
    await file.truncate(end);
    return { journal: new Journal(file, end), items };
  }

  /** Appends items; when this resolves they survive a power loss. */
  async append(items: readonly JournalItem[]): Promise<void> {
    const bytes = concatBytes(...items.map(encodeItem));
    await this.#file.write(bytes, 0, bytes.length, this.#end);
    await this.#file.datasync();
    this.#end += bytes.length;
  }

  /** Forgets all items, once they are safe elsewhere. */
  async clear(): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.datasync();
    this.#end = 0;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function encodeItem(item: JournalItem): Uint8Array {
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  view.setUint32(0, item.entry.length);
  view.setBigUint64(4, BigInt(item.index));
  const body = concatBytes(head, item.entry);
  return concatBytes(body, sha256(body).subarray(0, CHECK_BYTES));
}

function decodeItems(bytes: Uint8Array): { items: JournalItem[]; end: number } {
  const items: JournalItem[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + HEAD_BYTES + CHECK_BYTES <= bytes.length) {
    const length = view.getUint32(at);
    const bodyEnd = at + HEAD_BYTES + length;
    if (bodyEnd + CHECK_BYTES > bytes.length) break;
    const check = sha256(bytes.subarray(at, bodyEnd)).subarray(0, CHECK_BYTES);
    if (!equalBytes(check, bytes.subarray(bodyEnd, bodyEnd + CHECK_BYTES))) break;
    items.push({
      index: Number(view.getBigUint64(at + 4)),
      entry: bytes.slice(at + HEAD_BYTES, bodyEnd),
    });
    at = bodyEnd + CHECK_BYTES;
  }
  return { items, end: at };
}
