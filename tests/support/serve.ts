import { spawn } from "node:child_process";
import { program } from "./standstill.ts";

/** A command that serves, on an address that it told. */
export interface Serving {
  readonly url: string;
  /** What it said on the standard error so far. */
  told(): string;
  stop(): Promise<void>;
}

/** Serves a data directory on a free port, as users do; resolves once the address is told. */
export function serve(directory: string, ...more: readonly string[]): Promise<Serving> {
  return start(["up", "--data", directory, "--port", "0", ...more]);
}

/** Runs a command that serves until it is stopped; resolves once it tells its address. */
export function start(args: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let out = "";
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.once("exit", (code) =>
      reject(new Error(`expected a server, got exit code ${code}: ${err}`)),
    );
    child.stdout.on("data", (chunk) => {
      out += chunk;
      const url = /(http:\S+)/.exec(out)?.[1];
      if (url === undefined) return;
      resolve({
        url,
        told: () => err,
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
