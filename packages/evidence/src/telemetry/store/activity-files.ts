import { join } from "node:path";
import { sha256, toHex } from "@standstill/record";
import { localDisk, readIfThere, writeDurably } from "@standstill/record/files";
import {
  type ActivityLog,
  type ActivityRecord,
  type FieldMap,
  fieldMapSchema,
  readActivityLog,
} from "../../formats/activity/activity-log.ts";
import { textOfFile } from "../../formats/text-of-file.ts";
import type { Period } from "../readings/readings.ts";

/**
 * A site's activity logs as they came, each under its SHA-256 with the map it was read with: what an operator said is kept to the
 * byte, so that it can be held against what it says later.
 */
export class ActivityFiles {
  readonly #folder: string;

  constructor(directory: string, site: string) {
    this.#folder = join(directory, "activity", site.replaceAll("/", "_"));
  }

  /** Reads a log and keeps it; durable when this resolves. A log that is there already stays as it is. */
  async accept(bytes: Uint8Array, map: FieldMap = {}): Promise<ActivityLog> {
    const log = readActivityLog(textOfFile(bytes), map);
    const path = join(this.#folder, `${toHex(sha256(bytes))}.jsonl`);
    const aside = join(this.#folder, "temporary");
    // The map first: a log without its map would be read as another.
    const mapBytes = new TextEncoder().encode(JSON.stringify(map));
    await writeDurably(path.replace(/jsonl$/, "map.json"), mapBytes, aside);
    await writeDurably(path, bytes, aside);
    return log;
  }

  /** Records whose windows touch a period, by device and start. Of equal records of several logs one is told. */
  async records({ startMs, endMs }: Period): Promise<ActivityRecord[]> {
    const found = new Map<string, ActivityRecord>();
    for (const name of await localDisk.list(this.#folder)) {
      if (!name.endsWith(".jsonl")) continue;
      const path = join(this.#folder, name);
      const bytes = (await readIfThere(path)) ?? new Uint8Array(0);
      const mapBytes = await readIfThere(path.replace(/jsonl$/, "map.json"));
      const map = fieldMapSchema.parse(JSON.parse(new TextDecoder().decode(mapBytes)));
      for (const record of readActivityLog(textOfFile(bytes), map).records) {
        if (Date.parse(record.start) >= endMs || Date.parse(record.end) <= startMs) continue;
        const { previous, ...said } = record;
        found.set(JSON.stringify(said), record);
      }
    }
    return [...found.values()].sort(
      (a, b) => compare(a.device, b.device) || compare(a.start, b.start),
    );
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
