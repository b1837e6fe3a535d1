import { type Random, randomFrom } from "@standstill/statistics";
import { isRefused } from "./parties.ts";

/** What everybody in a soak shares: the time that is left, what went wrong, and counts to tell at the end. */
export class Soak {
  readonly seed: string;
  readonly random: Random;
  /** What must not be, in words; nothing at the end. */
  readonly problems: string[] = [];
  readonly counts = new Map<string, number>();
  readonly #endMs: number;
  readonly #isEnough: () => boolean;

  /** @param isEnough whether so much has happened that it shows something; a machine that is busy with other things takes longer */
  constructor(seed: string, minutes: number, isEnough: () => boolean) {
    this.seed = seed;
    this.random = randomFrom(`soak ${seed}`);
    this.#endMs = Date.now() + minutes * 60_000;
    this.#isEnough = isEnough;
  }

  isOver(): boolean {
    return Date.now() >= this.#endMs && this.#isEnough();
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Does what may fail while programs are down; what fails otherwise is a problem. */
  async tried(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.count(what);
    } catch (error) {
      if (isRefused(error) || !isUnreachable(error)) this.problems.push(`${what}: ${error}`);
      else this.count(`${what}, in vain`);
      await this.wait(300);
    }
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}

/** Whether somebody did not answer: a connection that was refused, cut or too slow, or a keeper that says that it cannot now. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === "TimeoutError" ||
    /fetch failed|terminated|got 503 /.test(error.message) ||
    (error.cause !== undefined && isUnreachable(error.cause))
  );
}
