import type { RecordSource } from "@standstill/record";
import { recordPlace } from "./command/format.ts";
import { UsageError } from "./output.ts";
import { sourceAt } from "./record-place.ts";

/** A data directory, its `record/`, or the address of either. */
export async function sourceOf(target: string): Promise<RecordSource> {
  const place = recordPlace.read(target, "<dir|url>");
  if (place !== undefined) return sourceAt(place);
  throw new UsageError(`expected ${recordPlace.expected}, got ${target}`, "Name a record.");
}
