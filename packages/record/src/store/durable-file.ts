import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";

let counter = 0;

/**
 * Writes a file so that after a crash it is there whole or not at all: into `temporaryDirectory` on the same disk,
 * synced, renamed, and the directory synced.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  temporaryDirectory: string,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(temporaryDirectory, { recursive: true });
  const temporary = join(temporaryDirectory, `${process.pid}-${counter++}`);
  const file = await open(temporary, "w", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

/** Makes names in a directory survive a power loss. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
