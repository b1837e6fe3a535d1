import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { type Serving, start } from "./serve.ts";
import { standstill } from "./standstill.ts";

/** What a program took of memory at one moment. */
export interface Sample {
  readonly atMs: number;
  readonly mebibytes: number;
}

/** A command that serves, and is started again with the same words after it was ended. */
export class Program {
  readonly name: string;
  readonly samples: Sample[] = [];
  starts = 0;
  readonly #args: readonly string[];
  #serving: Serving | undefined;

  constructor(name: string, args: readonly string[]) {
    this.name = name;
    this.#args = args;
  }

  async start(): Promise<void> {
    this.#serving = await start(this.#args);
    this.starts++;
  }

  /** Starts, and is killed before it is done with starting or soon after. */
  async dieEarly(milliseconds: number): Promise<void> {
    await standstill(this.#args, { killAfterMs: milliseconds });
  }

  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const serving = this.#serving;
    this.#serving = undefined;
    await serving?.end(signal);
  }

  /** Stops its clock for some time, as a machine that swaps does. */
  async freeze(milliseconds: number): Promise<void> {
    const pid = this.#serving?.pid;
    if (pid === undefined) return;
    process.kill(pid, "SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    process.kill(pid, "SIGCONT");
  }

  /** What it said last, if it has ended though nobody ended it. */
  endedByItself(): string | undefined {
    if (this.#serving?.hasEnded() !== true) return undefined;
    return `${this.name} ended by itself: ${this.#serving.told().slice(-500)}`;
  }

  /** Notes how much memory it takes, where the system tells. */
  async sample(): Promise<void> {
    const pid = this.#serving?.pid;
    if (pid === undefined) return;
    // It may end at this very moment, and other systems have no such file.
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    if (kibibytes !== undefined)
      this.samples.push({ atMs: Date.now(), mebibytes: Number(kibibytes) / 1024 });
  }
}

/** A port that was free a moment ago, for a program that has to come back to the same one. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = address === null || typeof address === "string" ? 0 : address.port;
      probe.close(() => resolve(port));
    });
  });
}
