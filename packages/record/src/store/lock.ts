import { readFileSync } from "node:fs";
import { open, readFile, rm } from "node:fs/promises";
import { RecordError } from "../error.ts";

/** Takes the lock file of a directory that only one process may write; refuses (`store-locked`) while its holder lives. */
export async function takeLock(path: string): Promise<{ release(): Promise<void> }> {
  const mine = identity(process.pid);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, "wx", 0o600);
      await file.writeFile(mine);
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await readFile(path, "utf8").catch(() => "");
    const pid = Number(holder.split(" ")[0]);
    if (Number.isInteger(pid) && pid > 0 && isAlive(pid) && identity(pid) === holder) {
      throw new RecordError(
        "store-locked",
        `expected to be the only writer, got process ${pid} writing already; stop it or choose another --data`,
        { place: path },
      );
    }
    await rm(path, { force: true });
  }
  throw new RecordError(
    "store-locked",
    "expected to take the lock, got another process each time",
    { place: path },
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Process number and, where the system tells, its start time: numbers are reused, start times are not. */
function identity(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    // Without /proc the process number alone has to do.
    return `${pid}`;
  }
}
