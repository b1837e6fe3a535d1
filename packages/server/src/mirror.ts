import { join } from "node:path";
import { evidenceOf } from "@standstill/audit";
import {
  type Followed,
  follow,
  type LogStore,
  openTrusted,
  type Policy,
  parseCheckpoint,
  parseNote,
  RecordError,
  type RecordSource,
  readBlob,
  type SequencerStatus,
  TileTree,
} from "@standstill/record";
import { openDirectoryStore } from "@standstill/record/files";
import { checkUnderstood, emptyState, replayLog, type State } from "@standstill/replay";
import { recordDirectory } from "./registry.ts";
import { snapshotPath, stateFrom, WORTH_A_SNAPSHOT, writeSnapshot } from "./snapshot-file.ts";
import type { RecordView } from "./view.ts";

/** What a mirror follows, whom it trusts, where it keeps its copy. */
export interface MirrorOptions {
  readonly directory: string;
  readonly source: RecordSource;
  readonly policy: Policy;
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * A full copy of somebody else's record, checked before it is kept, and shown as it is. It needs no leave from the
 * keeper, and convicts a keeper that shows it another history.
 */
export class Mirror implements RecordView {
  readonly #options: MirrorOptions;
  readonly #store: LogStore;
  #state: State = emptyState;
  /** Entries that the snapshot covers, once it was looked for. */
  #kept: number | undefined;
  #tree: TileTree | undefined;
  #shown: Uint8Array | undefined;
  #convicted: RecordError | undefined;

  private constructor(options: MirrorOptions, store: LogStore) {
    this.#options = options;
    this.#store = store;
  }

  /**
   * Opens a mirror's directory and replays what it holds. Refuses (`store-locked`) while another process has it, and (`not-understood`) a copy
   * whose terms are of a version that this program does not know.
   */
  static async open(options: MirrorOptions): Promise<Mirror> {
    const store = await openDirectoryStore({
      recordDirectory: recordDirectory(options.directory),
      stateDirectory: join(options.directory, "mirror"),
    });
    const mirror = new Mirror(options, store);
    try {
      await mirror.#load();
      return mirror;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  get state(): State {
    return this.#state;
  }

  get source(): RecordSource {
    return this.#store;
  }

  get shown(): Uint8Array | undefined {
    return this.#shown;
  }

  get tree(): TileTree {
    if (this.#tree !== undefined) return this.#tree;
    throw new Error("a mirror shows nothing before its first copy");
  }

  get status(): SequencerStatus {
    const { size } = this.#state;
    const failure = this.#convicted;
    return { size, signed: size, published: size, missing: new Map(), failure };
  }

  async entry(index: number): Promise<Uint8Array | undefined> {
    return index < this.#state.size ? this.tree.entry(index) : undefined;
  }

  /** Copies what the record has grown by, with the evidence that it names. Evidence of a split view is returned. */
  async follow(): Promise<Followed> {
    const { source, policy, onProgress } = this.#options;
    const followed = await follow(source, this.#store, policy, onProgress);
    if (followed.kind === "split-view") {
      this.#convicted = new RecordError(
        "store-altered",
        "expected one history, got two that the log signed; this copy stays with the first it saw",
      );
    }
    if (followed.kind === "grown") {
      await this.#load();
      await this.#copyEvidence();
    }
    return followed;
  }

  /** Keeps a snapshot for the next start, and gives the directory up. */
  async close(): Promise<void> {
    try {
      if (this.#state.size - (this.#kept ?? 0) >= WORTH_A_SNAPSHOT) {
        await writeSnapshot(snapshotPath(this.#options.directory), this.#state, this.tree);
      }
    } finally {
      await this.#store.close();
    }
  }

  async #load(): Promise<void> {
    const note = await this.#store.read("checkpoint");
    if (note === undefined) return;
    openTrusted(note, this.#options.policy);
    const tree = await TileTree.open(this.#store, parseCheckpoint(parseNote(note).text));
    const path = snapshotPath(this.#options.directory);
    const from = this.#tree === undefined ? await stateFrom(path, tree) : undefined;
    this.#state = await replayLog(tree, from ?? this.#state);
    // What it copied stays a copy; without terms there is nothing that it could show.
    if (this.#state.agreement.terms === undefined) checkUnderstood(this.#state);
    this.#kept ??= from?.size ?? 0;
    this.#tree = tree;
    this.#shown = note;
  }

  /** What statements rest on lies beside the log, under its hash. What the keeper does not give is asked for again. */
  async #copyEvidence(): Promise<void> {
    for (const hash of evidenceOf(this.#state)) {
      if ((await readBlob(this.#store, hash)) !== undefined) continue;
      const bytes = await readBlob(this.#options.source, hash);
      if (bytes !== undefined) await this.#store.write([{ path: `blob/${hash}`, bytes }]);
    }
  }
}
