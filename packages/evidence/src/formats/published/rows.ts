import { parse } from "csv-parse/sync";
import { EvidenceError } from "../../error.ts";

/** A row of a published table: cells by the name of their column. */
export type PublishedRow = ReadonlyMap<string, string>;

/** What a published table may be, and must have. */
export interface TableShape {
  readonly mostCharacters: number;
  readonly mostCharactersOfRow: number;
  readonly columns: readonly string[];
}

/**
 * The rows of a table with commas that somebody publishes, by the names in its first line.
 *
 * @throws EvidenceError `limit-exceeded` or `malformed-file`, with the column that is missing
 */
export function publishedRows(text: string, shape: TableShape): PublishedRow[] {
  const { mostCharacters, mostCharactersOfRow, columns } = shape;
  if (text.length > mostCharacters)
    throw new EvidenceError(
      "limit-exceeded",
      `expected at most ${mostCharacters} characters, got ${text.length}`,
    );
  const [names = [], ...rows] = cellsOf(text, mostCharactersOfRow);
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined)
    throw new EvidenceError("malformed-file", `expected a column ${missing}, got none`, {
      place: "line 1",
    });
  return rows.map((cells) => new Map(names.map((name, i) => [name, cells[i] ?? ""])));
}

function cellsOf(text: string, mostCharactersOfRow: number): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, max_record_size: mostCharactersOfRow });
  } catch (cause) {
    const got = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new EvidenceError("malformed-file", `expected a table with commas, got: ${got}`, {
      cause,
    });
  }
}
