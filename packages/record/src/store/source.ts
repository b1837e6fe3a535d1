/** Where a record is read from: a directory, a web server, or anything else that serves files by path. */
export interface RecordSource {
  /** Content of a file below `record/`, or `undefined` where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All paths there are, sorted, where the source can tell; a web server cannot. */
  list?(): Promise<readonly string[]>;
}

/** A file of a record. */
export interface RecordFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Where a log is kept: its public files, and what only its one writer uses. Whoever holds a store is the only writer; a
 * second one is refused when it opens (`store-locked`), or finds at its first write that it has been replaced
 * (`store-fenced`).
 */
export interface LogStore extends Required<RecordSource> {
  /** Writes files; all are durable when this resolves. */
  write(files: readonly RecordFile[]): Promise<void>;
  /** Removes the partial tiles beside a full one. */
  removePartials(fullTilePath: string): Promise<void>;
  /** The newest checkpoint that the log signed, shown to anyone or not. */
  readSigned(): Promise<Uint8Array | undefined>;
  /** Replaces it, durably. */
  writeSigned(note: Uint8Array): Promise<void>;
  /** Batches acknowledged and not forgotten, oldest first. */
  readJournal(): Promise<readonly JournalBatch[]>;
  /** Appends a batch; acknowledged means durable. */
  appendJournal(batch: JournalBatch): Promise<void>;
  /** Forgets batches whose entries all stand before `size`, once they are safe in tiles. */
  forgetJournal(size: number): Promise<void>;
  /** Gives the store up. */
  close(): Promise<void>;
}

/** Entries that were acknowledged together: they stand in the log from `first` on. */
export interface JournalBatch {
  readonly first: number;
  readonly entries: readonly Uint8Array[];
}

/** Path of the newest checkpoint. */
export const CHECKPOINT_PATH = "checkpoint";

/** Path of content-addressed evidence beside the log. */
export function blobPath(sha256: string): string {
  return `blob/${sha256}`;
}
