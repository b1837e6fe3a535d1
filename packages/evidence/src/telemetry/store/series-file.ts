import { join } from "node:path";
import type { Disk, DiskFile } from "@standstill/record/files";
import { z } from "zod";
import { EvidenceError } from "../../error.ts";
import { isQuantity } from "../readings/quantities.ts";
import { type Series, SeriesTable } from "../readings/series.ts";

/** The series of a directory, one line of JSON each in the order of their numbers; lines are added and never changed. */
export class SeriesFile {
  readonly table: SeriesTable;
  readonly #file: DiskFile;
  #written: number;

  private constructor(table: SeriesTable, file: DiskFile) {
    this.table = table;
    this.#file = file;
    this.#written = table.size;
  }

  /** Opens the file of a directory; makes it where there is none. A last line that was cut off was never acknowledged. */
  static async open(directory: string, disk: Disk): Promise<SeriesFile> {
    const path = join(directory, "series.jsonl");
    const table = new SeriesTable();
    const bytes = await disk.read(path);
    const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    for (const [i, line] of whole.split("\n").slice(0, -1).entries()) {
      table.numberOf(seriesOf(line, `${path}, line ${i + 1}`));
    }
    // Written anew as a whole: what was cut off goes, and the file is one that can be appended to.
    const next = join(directory, "series.next");
    await disk.remove(next);
    const file = await disk.create(next);
    await file.append(new TextEncoder().encode(whole));
    await file.sync();
    await disk.rename(next, path);
    await disk.syncDirectory(directory);
    return new SeriesFile(table, file);
  }

  /** Makes series durable that were named since the last call. */
  async write(): Promise<void> {
    const more = this.table.from(this.#written);
    if (more.length === 0) return;
    const lines = more.map((series) => `${JSON.stringify(series)}\n`).join("");
    await this.#file.append(new TextEncoder().encode(lines));
    await this.#file.sync();
    this.#written += more.length;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

const lineSchema = z.strictObject({
  site: z.string(),
  device: z.string(),
  quantity: z.string().refine(isQuantity, "expected a known quantity"),
  feed: z.string(),
});

function seriesOf(line: string, place: string): Series {
  try {
    const { site, device, quantity, feed } = lineSchema.parse(JSON.parse(line));
    if (isQuantity(quantity)) return { site, device, quantity, feed };
  } catch {
    // Told below, whatever it was.
  }
  throw new EvidenceError("malformed-file", "expected a series as JSON, got something else", {
    place,
  });
}
