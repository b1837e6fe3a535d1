import { join } from "node:path";
import { type Disk, type DiskFile, makeDirectoryDurably } from "@standstill/record/files";
import { EvidenceError } from "../../error.ts";
import type { Samples } from "../readings/samples.ts";
import { blockAt, encodeBlock } from "./sample-blocks.ts";

/**
 * Readings that were acknowledged and that the engine may not have yet: blocks appended to segments, each synced before it is
 * acknowledged. The engine's own durability need not be trusted; a segment goes once the engine has said that it holds it.
 */
export class ReadingsLog {
  readonly #directory: string;
  readonly #disk: Disk;
  #segment: Segment;
  #file: DiskFile;
  #bytes = 0;

  private constructor(directory: string, disk: Disk, segment: Segment, file: DiskFile) {
    this.#directory = directory;
    this.#disk = disk;
    this.#segment = segment;
    this.#file = file;
  }

  /**
   * Opens the log of a directory and gives back what it holds, segment by segment, oldest first.
   *
   * @param onSamples takes what may not be in the engine; a segment is removed once this resolves
   */
  static async open(
    directory: string,
    disk: Disk,
    onSamples: (samples: readonly Samples[]) => Promise<void>,
  ): Promise<ReadingsLog> {
    await makeDirectoryDurably(directory, disk);
    const names = (await disk.list(directory)).filter((name) => /^\d{12}\.samples$/.test(name));
    for (const [i, name] of names.entries()) {
      const path = join(directory, name);
      const bytes = (await disk.read(path)) ?? new Uint8Array(0);
      await onSamples(blocksOf(bytes, path, i === names.length - 1));
      await disk.remove(path);
    }
    const last = names.at(-1);
    const segment = segmentOf(directory, last === undefined ? 0 : Number.parseInt(last, 10) + 1);
    const file = await disk.create(segment.path);
    await disk.syncDirectory(directory);
    return new ReadingsLog(directory, disk, segment, file);
  }

  /** Appends readings; durable when this resolves. Returns the segment that holds them. */
  async append(parts: readonly Samples[]): Promise<number> {
    if (this.#bytes > SEGMENT_BYTES) await this.#roll();
    const blocks = parts.map(encodeBlock);
    for (const block of blocks) {
      await this.#file.append(block);
      this.#bytes += block.length;
    }
    await this.#file.sync();
    return this.#segment.number;
  }

  /** Removes segments before one: the engine holds what was in them. */
  async forget(before: number): Promise<void> {
    for (const name of await this.#disk.list(this.#directory)) {
      if (Number.parseInt(name, 10) < Math.min(before, this.#segment.number)) {
        await this.#disk.remove(join(this.#directory, name));
      }
    }
  }

  /** Begins a new segment, so that those before can be forgotten. */
  async #roll(): Promise<void> {
    const next = segmentOf(this.#directory, this.#segment.number + 1);
    const file = await this.#disk.create(next.path);
    await this.#disk.syncDirectory(this.#directory);
    await this.#file.close();
    [this.#segment, this.#file, this.#bytes] = [next, file, 0];
  }

  /** Closes the log; with `isEmptied` the engine holds everything, and nothing has to be read the next time. */
  async close(isEmptied: boolean): Promise<void> {
    await this.#file.close();
    if (!isEmptied) return;
    await this.forget(this.#segment.number);
    await this.#disk.remove(this.#segment.path);
  }
}

const SEGMENT_BYTES = 64 << 20;

/** A segment of the log: blocks of readings in one file. */
interface Segment {
  readonly number: number;
  readonly path: string;
}

function segmentOf(directory: string, number: number): Segment {
  return { number, path: join(directory, `${String(number).padStart(12, "0")}.samples`) };
}

/** Whole blocks of a segment. Only the newest may end in a block that was cut off, and that one was not acknowledged. */
function blocksOf(bytes: Uint8Array, place: string, isNewest: boolean): Samples[] {
  const found: Samples[] = [];
  for (let at = 0; ; ) {
    const block = blockAt(bytes, at);
    if (block.kind === "end") return found;
    if (block.kind === "broken") {
      if (isNewest && !hasBlockAfter(bytes, at)) return found;
      const message =
        "expected readings as they were acknowledged, got a damaged block before others";
      throw new EvidenceError("store-altered", message, { place: `${place}, byte ${at}` });
    }
    found.push(block.samples);
    at = block.end;
  }
}

/** Whether a whole block lies behind a broken place: then it was no write that was cut off. */
function hasBlockAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = from + 1; at < bytes.length; at++) {
    if (bytes[at] === 0x53 && blockAt(bytes, at).kind === "block") return true;
  }
  return false;
}
