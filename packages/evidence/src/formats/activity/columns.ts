import type { Texts } from "./texts.ts";

/** A text that a record does not have. */
export const NO_TEXT = -1;
/** A number that a record does not have. */
export const NO_NUMBER = -1;
/** FLOP are kept in two columns, whole multiples of this and the rest: a double tells 15 digits apart. */
export const FLOP_SPLIT = 1e15;

/** Columns that name texts, by number in `texts`. */
export const TEXT_COLUMNS = [
  "device",
  "workload",
  "team",
  "region",
  "model",
  "modelSha256",
  "datasetSha256",
  "codeCommit",
  "configSha256",
  "precision",
] as const;
/** One of them. */
export type TextColumn = (typeof TEXT_COLUMNS)[number];

/** Activity logs in columns, one row a record, in the order of files and lines. */
export interface ActivityTable extends Readonly<Record<TextColumn, Int32Array>> {
  readonly count: number;
  readonly texts: Texts;
  /** Names of the files, and the file and line of each record. */
  readonly files: readonly string[];
  readonly file: Uint16Array;
  readonly line: Uint32Array;
  /** Index in `ACTIVITIES`. */
  readonly activity: Uint8Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** FLOP divided by `FLOP_SPLIT`, whole; `NO_NUMBER` where none are stated. And the rest. */
  readonly flopHigh: Float64Array;
  readonly flopLow: Float64Array;
  readonly tokens: Float64Array;
  readonly batchSize: Float64Array;
  readonly sequenceLength: Float64Array;
  /** Which list of parents, and of data sources, a record has; list 0 is empty. */
  readonly parents: Int32Array;
  readonly dataSources: Int32Array;
  readonly lists: readonly (readonly number[])[];
  /** Whether a record has a note. */
  readonly note: Uint8Array;
  /** Lines that are no records: how many, and the first of them with their reasons. */
  readonly setAside: {
    readonly count: number;
    readonly first: readonly {
      readonly file: number;
      readonly line: number;
      readonly reason: string;
    }[];
  };
  /** Fields that no record should have; they are not read. */
  readonly unknownFields: readonly string[];
  /** Activities that are none of the known ones, and how often; their records count as other. */
  readonly otherActivities: readonly (readonly [name: string, records: number])[];
  /** Records that name the line before, and those of them whose hash is another. */
  readonly chained: number;
  readonly broken: readonly number[];
}

/** Fields that a record may have. */
export const FIELDS: ReadonlySet<string> = new Set([
  ...TEXT_COLUMNS,
  "start",
  "end",
  "activity",
  "flop",
  "tokens",
  "batchSize",
  "sequenceLength",
  "parents",
  "dataSources",
  "note",
  "previous",
]);

/** Names of all columns. */
export const COLUMN_NAMES = [
  ...TEXT_COLUMNS,
  "file",
  "line",
  "activity",
  "startMs",
  "endMs",
  "flopHigh",
  "flopLow",
  "tokens",
  "batchSize",
  "sequenceLength",
  "parents",
  "dataSources",
  "note",
] as const;
/** One of them. */
export type ColumnName = (typeof COLUMN_NAMES)[number];

/** Columns while they grow. */
export type Columns = Pick<ActivityTable, ColumnName>;

/** Columns with room for so many rows; of shared memory where another thread reads them too. */
export function columnsOf(rows: number, memory: "own" | "shared" = "own"): Columns {
  return columnsOver(rows, (_, bytes) =>
    memory === "own" ? new ArrayBuffer(rows * bytes) : new SharedArrayBuffer(rows * bytes),
  );
}

/** The first rows of columns that `columnsOf` made, over the same memory. */
export function firstRows(columns: Columns, rows: number): Columns {
  return columnsOver(rows, (name) => columns[name].buffer);
}

function columnsOver(
  rows: number,
  memory: (name: ColumnName, bytesEach: number) => ArrayBufferLike,
): Columns {
  const text = (name: TextColumn) => new Int32Array(memory(name, 4), 0, rows);
  return {
    device: text("device"),
    workload: text("workload"),
    team: text("team"),
    region: text("region"),
    model: text("model"),
    modelSha256: text("modelSha256"),
    datasetSha256: text("datasetSha256"),
    codeCommit: text("codeCommit"),
    configSha256: text("configSha256"),
    precision: text("precision"),
    file: new Uint16Array(memory("file", 2), 0, rows),
    line: new Uint32Array(memory("line", 4), 0, rows),
    activity: new Uint8Array(memory("activity", 1), 0, rows),
    startMs: new Float64Array(memory("startMs", 8), 0, rows),
    endMs: new Float64Array(memory("endMs", 8), 0, rows),
    flopHigh: new Float64Array(memory("flopHigh", 8), 0, rows),
    flopLow: new Float64Array(memory("flopLow", 8), 0, rows),
    tokens: new Float64Array(memory("tokens", 8), 0, rows),
    batchSize: new Float64Array(memory("batchSize", 8), 0, rows),
    sequenceLength: new Float64Array(memory("sequenceLength", 8), 0, rows),
    parents: new Int32Array(memory("parents", 4), 0, rows),
    dataSources: new Int32Array(memory("dataSources", 4), 0, rows),
    note: new Uint8Array(memory("note", 1), 0, rows),
  };
}
