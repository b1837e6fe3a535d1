import { sha256 } from "#primitives";
import { RecordError } from "../error.ts";
import { type Checkpoint, formatCheckpoint } from "../formats/checkpoint.ts";
import { concatBytes, equalBytes, toHex, utf8 } from "../formats/encoding.ts";
import { openNote, parseNote } from "../formats/note.ts";
import { formatSignatureLine } from "../formats/signature-line.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import {
  blobPath,
  CHECKPOINT_PATH,
  type LogStore,
  type RecordFile,
  type RecordSource,
} from "../store/source.ts";
import { leafHash } from "../tree/proof.ts";
import type { RightEdge, Tile } from "../tree/right-edge.ts";
import type { TileTree } from "../tree/tile-tree.ts";
import { encodeBundle, MAX_ENTRY_BYTES, TILE_WIDTH, tilePath } from "../tree/tiles.ts";
import { removePartials } from "./follow.ts";
import { GroupCommit } from "./group-commit.ts";
import { collectCosignatures, type Witnessing, witnessedBy } from "./quorum.ts";
import { RecentEntries } from "./recent-entries.ts";
import { type Resumed, resumeLog } from "./resume.ts";
import { type CheckpointSigner, signedNote } from "./signer.ts";

/** Where a log is kept, who signs it, who must cosign it. */
export interface SequencerOptions {
  readonly store: LogStore;
  readonly signer: CheckpointSigner;
  /** Without it checkpoints are shown without cosignatures. */
  readonly witnessing?: Witnessing;
  /** How many entries may wait to be written; more are refused (`store-busy`). */
  readonly mostWaiting?: number;
  /** How many recent entries are remembered, so that one that comes again gets its first index back. */
  readonly mostRemembered?: number;
}

interface Leaf {
  readonly entry: Uint8Array;
  readonly hash: Uint8Array;
}

/** How far a log is. Sizes count entries. */
export interface SequencerStatus {
  /** Acknowledged: durable. */
  readonly size: number;
  /** In tiles, under a checkpoint that the log signed. */
  readonly signed: number;
  /** Under the checkpoint that is shown, with its quorum. */
  readonly published: number;
  /** Witnesses that have not cosigned the newest checkpoint, and why. */
  readonly missing: ReadonlyMap<string, string>;
  /** Why nothing is acknowledged at present, if so: a failed disk until a restart, or too many entries waiting. */
  readonly failure: RecordError | undefined;
}

/**
 * The one writer of a log. `append` resolves with the entry's index once the entry is durable; `publish` writes tiles,
 * signs a checkpoint over all of them, and shows it once its quorum has cosigned. Opening again after a crash at any
 * moment continues where it was. Memory does not grow with the log.
 *
 * The order keeps every promise: journal before acknowledgement, tiles before signature, the signature durable before
 * anyone sees it, the journal forgotten only after that.
 */
export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #commit: GroupCommit<Leaf>;
  readonly #recent: RecentEntries;
  readonly #edge: RightEdge;
  readonly #full: Tile[] = [];
  #tree: TileTree;
  #signed: Uint8Array | undefined;
  #published: { readonly size: number; readonly note: Uint8Array | undefined };
  #lines: ReadonlyMap<string, string> = new Map();
  #missing: ReadonlyMap<string, string> = new Map();
  /** Entries from the first that is in no full bundle on. */
  #tail: Uint8Array[];
  #publishing: Promise<unknown> = Promise.resolve();

  private constructor(options: SequencerOptions, resumed: Resumed) {
    this.#options = options;
    this.#tree = resumed.tree;
    this.#signed = resumed.signed;
    this.#published = { size: resumed.publishedSize, note: resumed.published };
    this.#tail = [...resumed.tail];
    this.#edge = resumed.tree.rightEdge((tile) => this.#full.push(tile));
    for (const entry of this.#tail.slice(resumed.integrated)) this.#edge.append(leafHash(entry));
    this.#commit = new GroupCommit((leaves) => this.#write(leaves), options.mostWaiting ?? 65_536);
    this.#recent = new RecentEntries(options.mostRemembered ?? 65_536);
  }

  /** Opens or creates a log. Refuses files that were altered (`store-altered`) or lost (`store-missing`). */
  static async open(options: SequencerOptions): Promise<Sequencer> {
    try {
      return new Sequencer(options, await resumeLog(options.store, options.signer.verifier));
    } catch (error) {
      await options.store.close();
      throw error;
    }
  }

  /** How far the log is. */
  get status(): SequencerStatus {
    return {
      size: this.#edge.size,
      signed: this.#tree.checkpoint.size,
      published: this.#published.size,
      missing: this.#missing,
      failure: this.#commit.failure,
    };
  }

  /** The record's public files. */
  get source(): RecordSource {
    return this.#options.store;
  }

  /** The tree under the newest signed checkpoint. */
  get tree(): TileTree {
    return this.#tree;
  }

  /** The checkpoint that is shown, with its cosignatures; nothing before the first. */
  get shown(): Uint8Array | undefined {
    return this.#published.note;
  }

  /**
   * Appends an entry and resolves with its index once it is durable. Entries that come together share one sync; one that
   * was appended a short while ago gets its first index back.
   */
  append(entry: Uint8Array): Promise<number> {
    if (entry.length > MAX_ENTRY_BYTES) {
      const message = `expected an entry of at most ${MAX_ENTRY_BYTES} bytes, got ${entry.length}`;
      throw new RecordError("limit-exceeded", message);
    }
    const hash = leafHash(entry);
    return this.#recent.first(hash, () => this.#commit.add({ entry, hash }));
  }

  /** An acknowledged entry, or `undefined` beyond the last. */
  async entry(index: number): Promise<Uint8Array | undefined> {
    const first = this.#tailFirst;
    if (index >= first) return this.#tail[index - first];
    return this.#tree.entry(index);
  }

  /** All acknowledged entries from one on, in order. */
  async *entries(from = 0): AsyncGenerator<Uint8Array> {
    const first = this.#tailFirst;
    const tail = [...this.#tail];
    for await (const bundle of this.#tree.bundles(from)) {
      if (bundle.first >= first) break;
      yield* bundle.entries;
    }
    yield* tail.slice(Math.max(0, from - first));
  }

  /** Stores evidence under its hash and returns the hash; durable when this resolves. */
  async storeBlob(bytes: Uint8Array): Promise<string> {
    const path = blobPath(toHex(sha256(bytes)));
    const there = await this.#options.store.read(path);
    if (there === undefined || !equalBytes(there, bytes)) {
      await this.#options.store.write([{ path, bytes }]);
    }
    return path.slice(blobPath("").length);
  }

  /**
   * Publishes tiles and a checkpoint over everything acknowledged before the call. Refuses (`quorum-missing`) while too
   * few witnesses cosign: the checkpoint shown before stays, and the next call asks again.
   *
   * @returns the checkpoint note that is shown
   */
  publish(): Promise<Uint8Array> {
    // One after the other: a publication that is under way may not cover what came after it began.
    const mine = this.#publishing.then(() => this.#publishNow());
    this.#publishing = mine.catch(() => undefined);
    return mine;
  }

  /** Gives the store up. What is acknowledged and not in tiles stays in the journal. */
  async close(): Promise<void> {
    await this.#commit.settled();
    await this.#publishing;
    await this.#options.store.close();
  }

  get #tailFirst(): number {
    return this.#edge.size - this.#tail.length;
  }

  async #write(leaves: readonly Leaf[]): Promise<number> {
    const first = this.#edge.size;
    const entries = leaves.map(({ entry }) => entry);
    await this.#options.store.appendJournal({ first, entries });
    for (const { entry, hash } of leaves) {
      this.#edge.append(hash);
      this.#tail.push(entry);
    }
    return first;
  }

  async #publishNow(): Promise<Uint8Array> {
    await this.#commit.settled();
    const isSigned = this.#edge.size <= this.#tree.checkpoint.size;
    const signed = isSigned ? this.#signed : undefined;
    return this.#show(signed ?? (await this.#integrate()));
  }

  /** Tiles, then the signature, then the journal may forget. Returns the signed checkpoint. */
  async #integrate(): Promise<Uint8Array> {
    const { store, signer } = this.#options;
    const checkpoint: Checkpoint = {
      origin: signer.verifier.name,
      size: this.#edge.size,
      root: this.#edge.root(),
    };
    const full = this.#full.splice(0);
    const files = [...this.#bundles(), ...[...full, ...this.#edge.partialTiles()].map(tileFile)];
    let signed: Uint8Array;
    try {
      await store.write(files);
      const tree = await this.#tree.grownTo(checkpoint);
      signed = await signedNote(formatCheckpoint(checkpoint), signer, (from) =>
        tree.consistencyProof(from),
      );
      await store.writeSigned(signed);
      this.#signed = signed;
      this.#tree = tree;
      this.#lines = new Map();
    } catch (error) {
      this.#full.unshift(...full);
      throw error;
    }
    const integratedBundles = Math.floor(checkpoint.size / TILE_WIDTH) * TILE_WIDTH;
    this.#tail.splice(0, integratedBundles - this.#tailFirst);
    await store.forgetJournal(checkpoint.size);
    return signed;
  }

  /** Collects cosignatures and shows the checkpoint. */
  async #show(signed: Uint8Array): Promise<Uint8Array> {
    const { store, witnessing = witnessedBy([]) } = this.#options;
    const { size } = this.#tree.checkpoint;
    const shown = this.#published.size === size ? this.#published.note : undefined;
    if (shown !== undefined && this.#lines.size === 0) this.#lines = linesOf(shown, witnessing);
    const { lines, missing, isQuorum } = await collectCosignatures(
      signed,
      witnessing,
      (from) => this.#tree.consistencyProof(from),
      this.#lines,
    );
    const isMore = lines.size > this.#lines.size;
    this.#lines = lines;
    this.#missing = missing;
    if (!isQuorum) {
      const who = [...missing].map(([name, why]) => `${name} (${why})`).join("; ");
      const message = `expected a quorum of witnesses on the checkpoint of ${size} entries, got ${lines.size} cosignatures; missing: ${who}`;
      throw new RecordError("quorum-missing", message);
    }
    if (shown !== undefined && !isMore) return shown;
    const note = concatBytes(signed, utf8([...lines.values()].join("")));
    await store.write([{ path: CHECKPOINT_PATH, bytes: note }]);
    const before = this.#published.size;
    this.#published = { size, note };
    await removePartials(store, before, size);
    return note;
  }

  #bundles(): RecordFile[] {
    const files: RecordFile[] = [];
    const first = this.#tailFirst;
    for (let at = 0; at < this.#tail.length; at += TILE_WIDTH) {
      const entries = this.#tail.slice(at, at + TILE_WIDTH);
      const index = (first + at) / TILE_WIDTH;
      const path = tilePath({ level: "entries", index, width: entries.length });
      files.push({ path, bytes: encodeBundle(entries) });
    }
    return files;
  }
}

/** Cosignatures of these witnesses that a note carries and that verify. */
function linesOf(note: Uint8Array, { cosigners }: Witnessing): Map<string, string> {
  const lines = new Map<string, string>();
  for (const { verifier } of cosigners) {
    const own = parseNote(note).signatures.filter(
      ({ name, keyId }) => name === verifier.name && equalBytes(keyId, verifier.keyId),
    );
    const text = own.map((line) => formatSignatureLine(verifier, line.signature)).join("");
    if (text !== "" && isValid(note, verifier)) lines.set(verifier.name, text);
  }
  return lines;
}

function isValid(note: Uint8Array, verifier: NoteVerifier): boolean {
  try {
    openNote(note, [verifier]);
    return true;
  } catch {
    // A line that does not verify is asked for again.
    return false;
  }
}

function tileFile({ name, bytes }: Tile): RecordFile {
  return { path: tilePath(name), bytes };
}
