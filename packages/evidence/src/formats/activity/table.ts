import { sha256, toHex, utf8 } from "@standstill/record";
import type { FieldMap } from "./activity-log.ts";
import type { ActivityTable } from "./columns.ts";
import { MOST_LINE } from "./fields.ts";
import type { ActivityPart } from "./join.ts";
import { Rows } from "./rows.ts";

/** A log to read: its name, and its text. */
export interface ActivityFile {
  readonly name: string;
  readonly content: string;
}

/** What a log is read with. */
export interface ActivityTableOptions {
  /** Names of fields in somebody else's log, by ours. */
  readonly map?: FieldMap;
  /** SHA-256 in hexadecimal of a line's bytes; a faster one where the system has it. */
  readonly hash?: (line: Uint8Array) => string;
}

/**
 * Reads activity logs into columns. A line that is no record is set aside with its reason, the others are kept.
 *
 * @example readActivityTable([{ name: "log.jsonl", content }]).count // records
 */
export function readActivityTable(
  files: readonly ActivityFile[],
  options: ActivityTableOptions = {},
): ActivityTable {
  const reader = new ActivityTableReader(options);
  for (const { name, content } of files) {
    reader.begin(name);
    reader.bytes(utf8(content));
    reader.end();
  }
  return reader.table();
}

/** Bytes that are kept of a line that has not ended: more characters than a line may have, whatever they are. */
const MOST_KEPT = MOST_LINE * 4 + 4;

/** Reads activity logs a piece at a time: a large one is no string. */
export class ActivityTableReader {
  readonly #files: string[] = [];
  readonly #rows: Rows;
  #rest = new Uint8Array(0);
  #line = 0;
  #mayBeMarked = true;

  constructor({ map = {}, hash = (line) => toHex(sha256(line)) }: ActivityTableOptions = {}) {
    this.#rows = new Rows(this.#files, Object.entries(map), hash);
  }

  /**
   * Begins a file with a name.
   *
   * @param before the last line of what another reads of the same file before this; nothing at a file's beginning
   */
  begin(name: string, before?: Uint8Array): void {
    this.#files.push(name);
    this.#rows.begin(before);
    this.#rest = new Uint8Array(0);
    this.#line = 0;
    this.#mayBeMarked = before === undefined;
  }

  /**
   * Takes more text of the file, in UTF-8. The bytes must stay as they are afterwards. Of a line that is too long only its beginning is kept, so that it is
   * set aside and takes no memory.
   */
  bytes(more: Uint8Array): void {
    // Node's buffers do not copy what is sliced from them; plain arrays do.
    let content = new Uint8Array(more.buffer, more.byteOffset, more.byteLength);
    if (this.#rest.length >= MOST_KEPT) {
      const end = content.indexOf(10);
      content = end < 0 ? content.subarray(content.length) : content.subarray(end);
    }
    if (this.#rest.length > 0) {
      content = new Uint8Array(this.#rest.length + more.length);
      content.set(this.#rest);
      content.set(more, this.#rest.length);
    }
    let at = this.#mayBeMarked && this.#line === 0 && isMarked(content) ? 3 : 0;
    for (let found = content.indexOf(10, at); found >= 0; found = content.indexOf(10, at)) {
      this.#line++;
      const end = found > at && content[found - 1] === 13 ? found - 1 : found;
      if (found - at >= MOST_KEPT) this.#rows.setAside(this.#files.length - 1, this.#line);
      else this.#rows.add(this.#files.length - 1, this.#line, content, at, end);
      at = found + 1;
    }
    this.#rest = content.slice(at, at + MOST_KEPT);
  }

  /** Ends the file; its last line may have no end of its own. */
  end(): void {
    if (this.#rest.length > 0) this.bytes(Uint8Array.of(10));
  }

  /** What was read. */
  table(): ActivityTable {
    return this.#rows.table();
  }

  /** What was read of part of a file, to be joined with the rest. */
  part(): ActivityPart {
    return { table: this.#rows.table(Number.POSITIVE_INFINITY), lines: this.#line };
  }
}

function isMarked(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
