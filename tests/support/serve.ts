import { spawn } from "node:child_process";
import { program } from "./standstill.ts";

/** A command that serves, on an address that it told. */
export interface Serving {
  readonly url: string;
  /** What it said on the standard error so far. */
  told(): string;
  readonly pid: number | undefined;
  /** Whether it has ended, by itself or not. */
  hasEnded(): boolean;
  /** Sends a signal, and waits for its end. */
  end(signal: NodeJS.Signals): Promise<void>;
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
      const url = /(https?:\S+)/.exec(out)?.[1];
      if (url === undefined) return;
      const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
      const end = (signal: NodeJS.Signals) =>
        new Promise<void>((ended) => {
          if (hasEnded()) return ended();
          child.removeAllListeners("exit");
          child.once("exit", () => ended());
          child.kill(signal);
        });
      resolve({
        url,
        told: () => err,
        pid: child.pid,
        hasEnded,
        end,
        stop: () => end("SIGTERM"),
      });
    });
  });
}
