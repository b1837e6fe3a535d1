import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { RecordError } from "../error.ts";
import { textOf, utf8 } from "../formats/encoding.ts";
import { codeOf } from "../thrown.ts";
import type { Disk } from "./disk.ts";

/**
 * Takes the lock file of a directory that only one process may write. Refuses (`store-locked`) while its holder lives, or
 * where the holder is on another machine, of which nobody here can tell.
 */
export async function takeLock(disk: Disk, path: string): Promise<{ release(): Promise<void> }> {
  const mine = identity(process.pid);
  const aside = `${path}-${process.pid}-${counter++}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    await disk.write(aside, utf8(mine));
    try {
      // A link appears with its content or not at all, so nobody ever reads a half-written lock.
      await disk.link(aside, path);
      await disk.remove(aside);
      return { release: () => disk.remove(path) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const holder = await read(disk, path);
    if (holder !== undefined && isHeld(holder)) {
      await disk.remove(aside);
      throw locked(path, holder);
    }
    await moveAside(disk, path, aside, holder);
  }
  await disk.remove(aside);
  throw locked(path, (await read(disk, path)) ?? "another process");
}

let counter = 0;

/** Takes a dead holder's lock away, and puts it back if somebody else took it in the meantime. */
async function moveAside(
  disk: Disk,
  path: string,
  aside: string,
  dead: string | undefined,
): Promise<void> {
  if (dead === undefined) return;
  try {
    await disk.rename(path, aside);
    if ((await read(disk, aside)) !== dead) await disk.link(aside, path);
  } catch (error) {
    const code = codeOf(error);
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  }
}

async function read(disk: Disk, path: string): Promise<string | undefined> {
  const bytes = await disk.read(path);
  return bytes === undefined ? undefined : textOf(bytes);
}

function isHeld(holder: string): boolean {
  const [pid, , host] = holder.split(" ");
  if (host !== undefined && host !== hostname()) return true;
  const process = Number(pid);
  return (
    Number.isInteger(process) && process > 0 && isAlive(process) && identity(process) === holder
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Process number, where the system tells its start time, and machine: numbers are reused, start times are not. */
function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const start = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${pid} ${start} ${hostname()}`;
  } catch {
    // Without /proc the process number alone has to do.
    return `${pid} - ${hostname()}`;
  }
}

function locked(path: string, holder: string): RecordError {
  const [pid, , host] = holder.split(" ");
  const where = host === undefined || host === hostname() ? "" : ` on ${host}`;
  return new RecordError(
    "store-locked",
    `expected to be the only writer, got process ${pid}${where} writing already; stop it or choose another --data${where === "" ? "" : `, or remove ${path} if that machine is gone`}`,
    { place: path },
  );
}
