/** Where a record is read from: a directory, a web server, or anything else that serves files by path. */
export interface RecordSource {
  /** Content of a file below `record/`, or `undefined` where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All paths there are, sorted, where the source can tell; a web server cannot. */
  list?(): Promise<readonly string[]>;
}

/** Path of the newest checkpoint. */
export const CHECKPOINT_PATH = "checkpoint";

/** Path of content-addressed evidence beside the log. */
export function blobPath(sha256: string): string {
  return `blob/${sha256}`;
}
