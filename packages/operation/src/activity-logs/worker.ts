/** The second thread of a large activity log: reads the second half of it, and runs half of the checks. */
import type { ActivityTerms } from "@standstill/agreement";
import { type PackedTable, packTable, unpackTable } from "@standstill/evidence/activity";
import { checkActivity, type KnownResults, logSubjectOf } from "@standstill/verification/logs";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { type FilePart, readPart } from "./file-part.ts";
import { isSecond } from "./shared-checks.ts";

/** What was read, as it goes from one thread to another. */
export interface PackedPart {
  readonly table: PackedTable;
  readonly lines: number;
}

/** What the checks of this thread are run on. */
export interface CheckTask {
  readonly table: PackedTable;
  readonly terms: ActivityTerms;
}

/** Reads part of a log. */
export async function read(part: FilePart): Promise<PackedPart> {
  const { table, lines } = await readPart(part);
  return handedOver({ table: packTable(table), lines });
}

/** Runs this thread's checks. */
export function check({ table, terms }: CheckTask): KnownResults {
  return checkActivity(terms, logSubjectOf(unpackTable(table), terms), isSecond);
}

/** Columns are handed over and not copied: Piscina takes the mark off again. */
function handedOver(part: PackedPart): PackedPart {
  const buffers = Object.values(part.table).flatMap((value) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
  const marked = { ...part, [transferableSymbol]: buffers, [valueSymbol]: part };
  move(marked);
  return marked;
}
