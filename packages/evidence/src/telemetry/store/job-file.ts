import { join } from "node:path";
import { type Disk, localDisk } from "@standstill/record/files";
import { EvidenceError } from "../../error.ts";
import { type Job, jobSchema } from "../../formats/accounting/jobs.ts";
import type { Period } from "../readings/readings.ts";

/**
 * A site's accounting, one line of JSON for each job as it was last told. A scheduler tells of a job again and again; a line
 * is added only where something changed, and the last one of a job counts.
 */
export class JobFile {
  readonly #jobs: Map<string, Job>;
  readonly #path: string;
  readonly #disk: Disk;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, disk: Disk, jobs: Map<string, Job>) {
    this.#path = path;
    this.#disk = disk;
    this.#jobs = jobs;
  }

  /** Opens the file of a site in a directory. */
  static async open(directory: string, site: string, disk: Disk = localDisk): Promise<JobFile> {
    const path = join(directory, `${site.replaceAll("/", "_")}.jobs.jsonl`);
    const bytes = await disk.read(path);
    const jobs = new Map<string, Job>();
    const text = bytes === undefined ? "" : new TextDecoder().decode(bytes);
    for (const [i, line] of text.split("\n").slice(0, -1).entries()) {
      const job = jobOf(line, `${path}, line ${i + 1}`);
      jobs.set(keyOf(job), job);
    }
    return new JobFile(path, disk, jobs);
  }

  /** How many jobs are known. */
  get size(): number {
    return this.#jobs.size;
  }

  /** Takes jobs in; durable when this resolves. Returns how many were new or changed. */
  accept(jobs: readonly Job[]): Promise<number> {
    const mine = this.#writing.then(() => this.#accept(jobs));
    this.#writing = mine.catch(() => undefined);
    return mine;
  }

  /** Jobs that ran in a period, by id. */
  in({ startMs, endMs }: Period): Job[] {
    return [...this.#jobs.values()]
      .filter((job) => Date.parse(job.start) < endMs && Date.parse(job.end) > startMs)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async #accept(jobs: readonly Job[]): Promise<number> {
    const changed = jobs.filter(
      (job) => JSON.stringify(this.#jobs.get(keyOf(job))) !== JSON.stringify(job),
    );
    if (changed.length === 0) return 0;
    const next = new Map(this.#jobs);
    for (const job of changed) next.set(keyOf(job), job);
    const text = [...next.values()].map((job) => `${JSON.stringify(job)}\n`).join("");
    const aside = `${this.#path}.next`;
    await this.#disk.write(aside, new TextEncoder().encode(text));
    await this.#disk.rename(aside, this.#path);
    await this.#disk.syncDirectory(join(this.#path, ".."));
    for (const job of changed) this.#jobs.set(keyOf(job), job);
    return changed.length;
  }
}

/** A job that was put back into the queue runs again under its id, and both times count. */
function keyOf({ id, start }: Job): string {
  return `${id} ${start}`;
}

function jobOf(line: string, place: string): Job {
  try {
    return jobSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected a job as JSON, got something else", {
      place,
      cause,
    });
  }
}
