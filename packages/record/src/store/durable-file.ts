import { dirname, join } from "node:path";
import { codeOf } from "../thrown.ts";
import { type Disk, localDisk } from "./disk.ts";

/**
 * Writes a file so that after a crash it is there whole or not at all: into `temporaryDirectory` on the same disk,
 * synced, renamed, and the directory synced.
 */
export function writeDurably(
  path: string,
  bytes: Uint8Array,
  temporaryDirectory: string,
  disk: Disk = localDisk,
): Promise<void> {
  return writeAllDurably([{ path, bytes }], dirname(path), temporaryDirectory, disk);
}

let counter = 0;
/** Files written at once: syncs of several files share the disk's own queue. */
const AT_ONCE = 16;

/**
 * Writes many files below `root`, each whole or not at all; all of them are durable when this resolves. Every directory
 * up to `root` is synced once, since a new one is itself only a name in the one above.
 */
export async function writeAllDurably(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  root: string,
  temporaryDirectory: string,
  disk: Disk = localDisk,
): Promise<void> {
  const directories = new Set<string>();
  for (const { path } of files) {
    for (let at = dirname(path); !directories.has(at); at = dirname(at)) {
      directories.add(at);
      if (at === root || at === dirname(at)) break;
    }
  }
  await disk.makeDirectory(temporaryDirectory);
  for (const directory of directories) await disk.makeDirectory(directory);
  for (let first = 0; first < files.length; first += AT_ONCE) {
    await Promise.all(
      files.slice(first, first + AT_ONCE).map(async ({ path, bytes }) => {
        const temporary = join(temporaryDirectory, `${process.pid}-${counter++}`);
        await disk.write(temporary, bytes);
        await disk.rename(temporary, path);
      }),
    );
  }
  await Promise.all([...directories].map((directory) => disk.syncDirectory(directory)));
}

/** Makes a directory whose name, and those of the directories above it, survive a power loss. */
export async function makeDirectoryDurably(path: string, disk: Disk = localDisk): Promise<void> {
  await disk.makeDirectory(path);
  for (let at = path; at !== dirname(at); at = dirname(at)) {
    try {
      await disk.syncDirectory(dirname(at));
    } catch (error) {
      // What this user may not even open was not made by it.
      const code = codeOf(error);
      if (code !== "EACCES" && code !== "EPERM") throw error;
    }
  }
}
