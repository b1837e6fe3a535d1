import { spawn } from "node:child_process";
import { program } from "./standstill.ts";

/** Serves a data directory on a free port, as users do; resolves once the address is told. */
export function serve(
  directory: string,
  ...more: readonly string[]
): Promise<{ url: string; stop(): Promise<void> }> {
  const args = [program, "up", "--data", directory, "--port", "0", ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let told = "";
    child.once("exit", (code) => reject(new Error(`expected a server, got exit code ${code}`)));
    child.stdout.on("data", (chunk) => {
      told += chunk;
      const url = /Served at (\S+)/.exec(told)?.[1];
      if (url === undefined) return;
      resolve({
        url,
        stop: () =>
          new Promise((stopped) => {
            child.removeAllListeners("exit");
            child.once("exit", () => stopped());
            child.kill("SIGTERM");
          }),
      });
    });
  });
}
