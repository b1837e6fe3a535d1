import { reasonOf, there } from "@standstill/record";
import { decompress as unpackZstandard } from "fzstd";
import { type Compressors, parquetMetadataAsync, parquetRead } from "hyparquet";
import { uncompress } from "snappyjs";
import { EvidenceError } from "../../error.ts";
import type { Receiver } from "../../telemetry/feeds/receiver.ts";
import type { TableMap } from "./table-map.ts";
import { type Cell, TableRows } from "./table-rows.ts";

/**
 * Takes a Parquet file in (Apache Parquet format), with the same maps as a table. Columns of times may be times or numbers. It is
 * read a row group at a time, and only the columns that the map names.
 *
 * @param pause waited for after each row group, so that a long file stops nothing else
 * @returns how many rows there were
 */
export async function readParquet(
  bytes: Uint8Array,
  map: TableMap,
  receiver: Receiver,
  pause?: () => Promise<unknown>,
): Promise<number> {
  const buffer = bytes.slice().buffer;
  const file = {
    byteLength: buffer.byteLength,
    slice: (start: number, end?: number) => buffer.slice(start, end),
  };
  try {
    const metadata = await parquetMetadataAsync(file);
    const names = metadata.schema
      .filter(({ num_children }) => !num_children)
      .map(({ name }) => name);
    const table = new TableRows(map, names, receiver);
    if (metadata.num_rows > MOST_ROWS) throw tooMany(MOST_ROWS, metadata.num_rows);
    let rowStart = 0;
    for (const { num_rows } of metadata.row_groups) {
      if (num_rows < 0n || num_rows > MOST_ROWS_AT_ONCE) throw tooMany(MOST_ROWS_AT_ONCE, num_rows);
      const rowEnd = rowStart + Number(num_rows);
      const columns = new Map<string, Cell[]>();
      await parquetRead({
        file,
        metadata,
        compressors: COMPRESSORS,
        rowStart,
        rowEnd,
        columns: [...new Set(table.columns.map((index) => there(names[index])))],
        onChunk: ({ columnName, columnData, rowStart: first }) => {
          const column = columns.get(columnName) ?? [];
          columns.set(columnName, column);
          for (let i = 0; i < columnData.length; i++) {
            column[first - rowStart + i] = columnData[i];
          }
        },
      });
      const cells: Cell[] = names.map(() => null);
      const wanted = [...columns].map(([name, column]) => [names.indexOf(name), column] as const);
      for (let row = 0; row < Number(num_rows); row++) {
        for (const [index, column] of wanted) cells[index] = column[row];
        table.add(rowStart + row + 1, cells);
      }
      rowStart = rowEnd;
      await pause?.();
    }
    table.end();
    return rowStart;
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    const message = `expected a Parquet file with pages in snappy, zstd or none, got: ${reasonOf(cause)}`;
    throw new EvidenceError("malformed-file", message, { cause });
  }
}

const MOST_ROWS = 100_000_000n;
/** A row group is unpacked as a whole. */
const MOST_ROWS_AT_ONCE = 10_000_000n;

/** A page is a mebibyte as a rule; its size is told by the file, and not believed beyond this. */
const MOST_PAGE_BYTES = 256 << 20;

const COMPRESSORS: Compressors = {
  SNAPPY: (input, length) => uncompress(input, believed(length)),
  ZSTD: (input, length) => unpackZstandard(input, new Uint8Array(believed(length))),
};

function believed(length: number): number {
  if (length <= MOST_PAGE_BYTES) return length;
  const message = `expected pages of at most ${MOST_PAGE_BYTES} bytes, got ${length}`;
  throw new EvidenceError("limit-exceeded", message);
}

function tooMany(most: bigint, got: bigint): EvidenceError {
  return new EvidenceError("limit-exceeded", `expected at most ${most} rows, got ${got}`);
}
