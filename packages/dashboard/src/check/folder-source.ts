import type { RecordSource } from "@standstill/record";

/** A file with its path, as a browser gives those of a folder. */
export interface FolderFile {
  readonly path: string;
  readonly file: Blob;
}

/**
 * The record in a folder that somebody chose: the folder itself, or the `record/` in it.
 *
 * @returns nothing where no checkpoint lies there
 */
export function folderSource(files: readonly FolderFile[]): RecordSource | undefined {
  const checkpoints = files
    .map(({ path }) => path)
    .filter((path) => /(?:^|\/)checkpoint$/.test(path));
  const root = checkpoints
    .map((path) => path.slice(0, path.length - "checkpoint".length))
    .sort((a, b) => rank(a) - rank(b))[0];
  if (root === undefined) return undefined;
  const inside = new Map(
    files.flatMap(({ path, file }) =>
      path.startsWith(root) ? [[path.slice(root.length), file] as const] : [],
    ),
  );
  return {
    read: async (path) => {
      const file = inside.get(path);
      return file === undefined ? undefined : new Uint8Array(await file.arrayBuffer());
    },
    list: async () => [...inside.keys()].sort(),
  };
}

/** A folder called `record` before any other, and then the one nearest to the top: copies may lie deeper. */
function rank(path: string): number {
  return path.split("/").length + (/(?:^|\/)record\/$/.test(path) ? 0 : 1000);
}
