import { join } from "node:path";
import { HOUR_MS } from "@standstill/record";
import { readIfThere, writeDurably } from "@standstill/record/files";
import { EvidenceError } from "../../../error.ts";

/**
 * Hours whose windows are not yet made from all of their readings. An hour is in the file before its readings are in the
 * engine, so that after a crash none is forgotten.
 */
export class DirtyHours {
  readonly #directory: string;
  readonly #hours: Set<number>;
  /** Hours that the last readings were of. */
  #recent: ReadonlySet<number> = new Set();

  private constructor(directory: string, hours: Set<number>) {
    this.#directory = directory;
    this.#hours = hours;
  }

  /** Opens the file of a directory. Refuses (`store-altered`) one that was not written here. */
  static async open(directory: string): Promise<DirtyHours> {
    const bytes = await readIfThere(pathIn(directory));
    const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
    const hours = text.split("\n").slice(0, -1).map(Number);
    if (!hours.every(Number.isSafeInteger)) {
      const message = "expected hours since 1970, a line each, got something else";
      throw new EvidenceError("store-altered", message, { place: pathIn(directory) });
    }
    return new DirtyHours(directory, new Set(hours));
  }

  /** Notes the hours of readings that come; durable when this resolves. */
  async note(timeMs: Float64Array): Promise<void> {
    const recent = new Set<number>();
    let last = Number.NaN;
    for (const time of timeMs) {
      const hour = Math.floor(time / HOUR_MS);
      if (hour !== last) recent.add(hour);
      last = hour;
    }
    this.#recent = recent;
    const before = this.#hours.size;
    for (const hour of recent) this.#hours.add(hour);
    if (this.#hours.size > before) await this.#write();
  }

  /** Hours from one time to another, in order. */
  between(startMs: number, endMs: number): number[] {
    return [...this.#hours]
      .filter((hour) => hour * HOUR_MS < endMs && (hour + 1) * HOUR_MS > startMs)
      .sort((a, b) => a - b);
  }

  /** Hours that are over: the last readings were of later ones only. */
  settled(): number[] {
    const earliest = Math.min(...this.#recent);
    return [...this.#hours].filter((hour) => hour < earliest).sort((a, b) => a - b);
  }

  /** Notes that the windows of hours are made. */
  async clear(hours: readonly number[]): Promise<void> {
    for (const hour of hours) this.#hours.delete(hour);
    await this.#write();
  }

  async #write(): Promise<void> {
    const text = [...this.#hours].map((hour) => `${hour}\n`).join("");
    const bytes = new TextEncoder().encode(text);
    await writeDurably(pathIn(this.#directory), bytes, join(this.#directory, "temporary"));
  }
}

function pathIn(directory: string): string {
  return join(directory, "windows-to-make");
}
