import type { RecordSource, SequencerStatus, TileTree } from "@standstill/record";
import type { State } from "@standstill/replay";

/** A record as a server shows it: a keeper's own, or a mirror's copy. */
export interface RecordView {
  /** What holds after the entries that it has. */
  readonly state: State;
  /** The record's public files. */
  readonly source: RecordSource;
  /** How far the log is: acknowledged, signed, published, and which witnesses are missing. */
  readonly status: SequencerStatus;
  /** The tree, at least as large as what the checkpoint that is shown covers. */
  readonly tree: TileTree;
  /** That checkpoint with its cosignatures; nothing before the first. */
  readonly shown: Uint8Array | undefined;
  /** Signs COSE receipts under a root; a mirror cannot. */
  readonly signReceipts?: (
    root: Uint8Array,
  ) => Promise<{ readonly signature: Uint8Array; readonly publicKey: Uint8Array }>;
  /** The entry at an index, or `undefined`. */
  entry(index: number): Promise<Uint8Array | undefined>;
}
