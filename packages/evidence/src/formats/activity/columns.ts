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
  ...["start", "end", "activity", "flop", "tokens", "batchSize", "sequenceLength"],
  ...["parents", "dataSources", "note", "previous"],
]);

/** Columns while they grow. */
export type Columns = ReturnType<typeof columnsOf>;

/** Columns with room for so many rows. */
export function columnsOf(rows: number) {
  const texts = Object.fromEntries(
    TEXT_COLUMNS.map((name) => [name, new Int32Array(rows)]),
  ) as Record<TextColumn, Int32Array>;
  return {
    ...texts,
    file: new Uint16Array(rows),
    line: new Uint32Array(rows),
    activity: new Uint8Array(rows),
    startMs: new Float64Array(rows),
    endMs: new Float64Array(rows),
    flopHigh: new Float64Array(rows),
    flopLow: new Float64Array(rows),
    tokens: new Float64Array(rows),
    batchSize: new Float64Array(rows),
    sequenceLength: new Float64Array(rows),
    parents: new Int32Array(rows),
    dataSources: new Int32Array(rows),
    note: new Uint8Array(rows),
  };
}
