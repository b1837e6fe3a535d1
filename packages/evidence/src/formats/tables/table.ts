import { reasonOf } from "@standstill/record";
import { parse } from "csv-parse/sync";
import { EvidenceError } from "../../error.ts";
import type { Receiver } from "../../telemetry/feeds/receiver.ts";
import type { TableMap } from "./table-map.ts";
import { TableRows } from "./table-rows.ts";

/**
 * Takes a table with a line of names in: a meter's export, requests of a serving system, or another's. A row that is not what
 * the names say is set aside with its line; the others are kept.
 *
 * @param pause waited for now and then, so that a long table stops nothing else
 * @returns how many rows there were
 */
export async function readTable(
  text: string,
  map: TableMap,
  receiver: Receiver,
  pause?: () => Promise<unknown>,
): Promise<number> {
  const delimiter = map.delimiter ?? ",";
  const lines = text.includes('"') ? quotedRows(text, delimiter) : plainRows(text, delimiter);
  let table: TableRows | undefined;
  let rows = 0;
  for (const [line, cells] of lines) {
    if (table === undefined) table = new TableRows(map, cells.map(trimmed), receiver);
    else {
      table.add(line, cells);
      if (++rows > MOST_ROWS) {
        throw new EvidenceError("limit-exceeded", `expected at most ${MOST_ROWS} rows, got more`);
      }
      if (rows % ROWS_BETWEEN_PAUSES === 0) await pause?.();
    }
  }
  if (table === undefined) {
    throw new EvidenceError("malformed-file", "expected a table with a line of names, got nothing");
  }
  table.end();
  return rows;
}

const MOST_ROWS = 20_000_000;
/** Quoted tables are rare and small; the library for them makes an array of each row at once. */
const MOST_QUOTED_ROWS = 5_000_000;
const ROWS_BETWEEN_PAUSES = 20_000;

const trimmed = (cell: string) => cell.trim();

/** Rows of a table without quotes: a line each. */
function* plainRows(text: string, delimiter: string): Generator<readonly [number, string[]]> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (let line = 1; at < text.length; line++) {
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const content = text.slice(at, text[end - 1] === "\r" ? end - 1 : end);
    at = end + 1;
    if (content !== "") yield [line, content.split(delimiter)];
  }
}

function* quotedRows(text: string, delimiter: string): Generator<readonly [number, string[]]> {
  const rows: (readonly [number, string[]])[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_QUOTED_ROWS + 1,
      max_record_size: 1 << 20,
      // Nothing is left for the library to keep: rows are wanted with their lines.
      on_record: (cells: string[], { lines }) => {
        rows.push([lines, cells]);
        return null;
      },
    });
  } catch (cause) {
    const message = `expected a table, got: ${reasonOf(cause).split("\n")[0]}`;
    throw new EvidenceError("malformed-file", message, { cause });
  }
  if (rows.length > MOST_QUOTED_ROWS) {
    const message = `expected at most ${MOST_QUOTED_ROWS} rows with quotes, got more`;
    throw new EvidenceError("limit-exceeded", message);
  }
  yield* rows;
}
