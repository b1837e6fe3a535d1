import { DAY_MS } from "@standstill/record";
import { repeat } from "../keeping/repeat.ts";
import type { Monitor } from "./monitor.ts";
import { scrape } from "./scrape.ts";
import { collectSlurm } from "./slurm.ts";

/** What a monitor asks for by itself. */
export interface Collected {
  /** Exporters to ask. */
  readonly exporters: readonly string[];
  readonly everySeconds: number;
  /** Whether Slurm's accounting is asked. */
  readonly slurm: boolean;
}

/** How far back accounting is asked for: a job may end long after it began. */
const ACCOUNTING_DAYS = 35;
const ACCOUNTING_EVERY_S = 60;

/**
 * Asks exporters and accounting again and again, each in its own time.
 *
 * @param tell told what could not be collected; it is tried again
 * @returns stops, and waits for what is under way
 */
export function collect(
  monitor: Monitor,
  { exporters, everySeconds, slurm }: Collected,
  tell: (error: Error) => void,
): () => Promise<void> {
  const ends = exporters.map((url) =>
    repeat(() => scrape(monitor, url, everySeconds * 1000), everySeconds, tell),
  );
  if (slurm) {
    const accounting = () => collectSlurm(monitor.jobs, Date.now() - ACCOUNTING_DAYS * DAY_MS);
    void accounting().catch(tell);
    ends.push(repeat(accounting, Math.min(everySeconds, ACCOUNTING_EVERY_S), tell));
  }
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
}
