import { createRequire } from "node:module";
import type { ActivityTerms } from "@standstill/agreement";
import { EvidenceError } from "@standstill/evidence";
import {
  type ActivityPart,
  type ActivityTable,
  joinParts,
  packTable,
  unpackTable,
} from "@standstill/evidence/activity";
import {
  type ActivityVerdict,
  checkActivity,
  judgeActivity,
  type KnownResults,
  logSubjectOf,
} from "@standstill/verification/logs";
import { Piscina } from "piscina";
import { cutOf, type FilePart, readPart } from "./file-part.ts";
import { isSecond } from "./shared-checks.ts";
import type { CheckTask, PackedPart } from "./worker.ts";

/** What a log says, and what was concluded from it. */
export interface JudgedLog {
  readonly table: ActivityTable;
  readonly verdict: ActivityVerdict;
}

/**
 * Reads and judges a large log in two threads, each half of the bytes and then part of the checks. The verdict is the one that a
 * single thread gives, byte for byte.
 *
 * @returns nothing where the log cannot be cut in two, or cannot be read: one thread tells best why
 */
export async function judgeInTwo(
  whole: Omit<FilePart, "start" | "end" | "before">,
  size: number,
  terms: ActivityTerms,
  onBytes: (bytes: number) => void,
): Promise<JudgedLog | undefined> {
  const cut = await cutOf(whole.file, size);
  if (cut === undefined) return undefined;
  const aside = new SecondThread();
  try {
    const second = aside.read({ ...whole, start: cut.at, end: size, before: cut.before });
    const first = await readOr({ ...whole, start: 0, end: cut.at, before: undefined }, onBytes);
    const rest = await second;
    if (first === undefined || rest === undefined) return undefined;
    const table = joinParts(first, { table: unpackTable(rest.table), lines: rest.lines });
    const checked = aside.check({ table: packTable(table), terms });
    const log = logSubjectOf(table, terms);
    const own = checkActivity(terms, log, (id) => !isSecond(id));
    const theirs = await checked;
    if (theirs === undefined) return undefined;
    const verdict = judgeActivity(table, terms, new Map([...own, ...theirs]), log);
    return { table, verdict };
  } finally {
    await aside.close();
  }
}

/** Nothing where the part is none of a log. */
async function readOr(
  part: FilePart,
  onBytes: (bytes: number) => void,
): Promise<ActivityPart | undefined> {
  try {
    return await readPart(part, onBytes);
  } catch (error) {
    if (error instanceof EvidenceError) return undefined;
    throw error;
  }
}

/** Another thread, which does one thing at a time. What fails there comes back as nothing: errors lose their type on the way. */
class SecondThread {
  readonly #pool: Piscina;

  constructor() {
    this.#pool = new Piscina({
      // Threads load what is built, whoever asks and under whichever conditions: Node reads no TypeScript.
      filename: createRequire(import.meta.url).resolve("#activity-log-worker"),
      execArgv: [],
      minThreads: 1,
      maxThreads: 1,
    });
    // Whoever asked is told by the answer that does not come; an event that nobody hears would end the process.
    this.#pool.on("error", () => undefined);
  }

  read(part: FilePart): Promise<PackedPart | undefined> {
    return this.#run<PackedPart>("read", part);
  }

  check(task: CheckTask): Promise<KnownResults | undefined> {
    return this.#run<KnownResults>("check", task);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  #run<Answer>(name: string, task: object): Promise<Answer | undefined> {
    return this.#pool.run(task, { name }).catch(() => undefined);
  }
}
