/** The second thread of `standstill verify --activity-log`: reads the second half of a large log, and runs half of the checks. */
import { parentPort, type TransferListItem } from "node:worker_threads";
import type { ActivityTerms } from "@standstill/agreement";
import { type PackedTable, packTable, unpackTable } from "@standstill/evidence/activity";
import { type ActivityResults, checkRecords } from "@standstill/verification/activity";
import { type FilePart, readPart } from "./read-part.ts";

/** What the thread is asked for. */
export type Asked =
  | { readonly kind: "read"; readonly part: FilePart }
  | { readonly kind: "check"; readonly table: PackedTable; readonly terms: ActivityTerms };

/** Checks that the first thread runs beside the linking of runs; together both take about as long as the others. */
const FIRSTS = new Set(["one-context", "weights-known", "data-origin"]);

/** Whether the second thread runs a check. */
export function isSeconds(id: string): boolean {
  return !FIRSTS.has(id);
}

/** What it answers. */
export type Answered =
  | { readonly kind: "read"; readonly table: PackedTable; readonly lines: number }
  | { readonly kind: "checked"; readonly results: ActivityResults };

parentPort?.on("message", async (asked: Asked) => {
  if (asked.kind === "read") {
    const { table, lines } = await readPart(asked.part);
    const answer: Answered = { kind: "read", table: packTable(table), lines };
    parentPort?.postMessage(answer, buffersOf(answer.table));
  } else {
    const results = checkRecords(unpackTable(asked.table), asked.terms, isSeconds);
    parentPort?.postMessage({ kind: "checked", results } satisfies Answered);
  }
});

/** Columns are handed over and not copied. */
function buffersOf(table: PackedTable): TransferListItem[] {
  return Object.values(table).flatMap((value) =>
    ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [],
  );
}
