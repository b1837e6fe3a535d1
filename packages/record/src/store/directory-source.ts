import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { RecordSource } from "./source.ts";

/** A record in a directory on this machine. */
export function directorySource(directory: string): Required<RecordSource> {
  return {
    read: (path) => readIfThere(join(directory, ...path.split("/"))),
    list: async () => {
      const found = await readdir(directory, { recursive: true, withFileTypes: true });
      return found
        .filter((item) => !item.isDirectory())
        .map((item) => relative(directory, join(item.parentPath, item.name)).split(sep).join("/"))
        .sort();
    },
  };
}

/** Content of a file, or `undefined` where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw error;
  }
}
