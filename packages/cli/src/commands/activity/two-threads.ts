import { Worker } from "node:worker_threads";
import type { ActivityTerms } from "@standstill/agreement";
import {
  type ActivityTable,
  joinParts,
  packTable,
  unpackTable,
} from "@standstill/evidence/activity";
import {
  type ActivityVerdict,
  checkRecords,
  checkRuns,
  concludeActivity,
} from "@standstill/verification/activity";
import { type Answered, type Asked, isSeconds } from "./part-worker.ts";
import { cutOf, type FilePart, readPart } from "./read-part.ts";

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
): Promise<{ readonly table: ActivityTable; readonly verdict: ActivityVerdict } | undefined> {
  const cut = await cutOf(whole.file, size);
  if (cut === undefined) return undefined;
  const worker = new Worker(new URL("./part-worker.js", import.meta.url));
  let failed = false;
  worker.on("error", () => {
    failed = true;
  });
  try {
    const second = ask(worker, {
      kind: "read",
      part: { ...whole, start: cut.at, end: size, before: cut.before },
    });
    // Whoever fails first tells why; the other must not fail unheard meanwhile.
    second.catch(() => undefined);
    const first = await readPart({ ...whole, start: 0, end: cut.at, before: undefined }, onBytes);
    const rest = await second;
    if (rest.kind !== "read") return undefined;
    const table = joinParts(first, { table: unpackTable(rest.table), lines: rest.lines });
    const checked = ask(worker, { kind: "check", table: packTable(table), terms });
    checked.catch(() => undefined);
    const runs = checkRuns(table, terms);
    const own = checkRecords(table, terms, (id) => !isSeconds(id));
    const theirs = await checked;
    if (theirs.kind !== "checked") return undefined;
    const records = new Map([...own, ...theirs.results]);
    return { table, verdict: concludeActivity(table, terms, records, runs) };
  } catch (error) {
    if ((error as Error).name === "EvidenceError" || failed) return undefined;
    throw error;
  } finally {
    await worker.terminate();
  }
}

function ask(worker: Worker, asked: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.postMessage(asked);
  });
}
