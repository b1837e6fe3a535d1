import type { RecordSource } from "@standstill/record";
import { directorySource } from "@standstill/record/files";

/** Every file of a record directory, in memory. */
export async function filesOf(directory: string): Promise<Map<string, Uint8Array>> {
  const source = directorySource(directory);
  const files = new Map<string, Uint8Array>();
  for (const path of await source.list()) files.set(path, (await source.read(path)) as Uint8Array);
  return files;
}

/** Files in memory as a source. */
export function sourceOf(files: ReadonlyMap<string, Uint8Array>): RecordSource {
  return { read: async (path) => files.get(path), list: async () => [...files.keys()].sort() };
}
