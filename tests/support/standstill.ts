import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as users run it. */
export const program = fileURLToPath(
  new URL("../../packages/cli/bin/standstill.js", import.meta.url),
);

/** What a finished command said. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `standstill` to its end, or kills it with SIGKILL after `killAfterMs`. */
export function standstill(
  args: readonly string[],
  options: {
    readonly killAfterMs?: number;
    readonly node?: string;
    readonly nodeArgs?: readonly string[];
    /** Directory in which it is typed. */
    readonly cwd?: string;
  } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      options.node ?? process.execPath,
      [...(options.nodeArgs ?? []), program, ...args],
      {
        stdio: ["ignore", "pipe", "pipe"],
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      },
    );
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const timer =
      options.killAfterMs === undefined
        ? undefined
        : setTimeout(() => child.kill("SIGKILL"), options.killAfterMs);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}
