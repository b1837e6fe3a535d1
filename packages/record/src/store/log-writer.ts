import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "#primitives";
import type { SigningKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint, signCheckpoint } from "../formats/checkpoint.ts";
import { concatBytes, equalBytes, toHex, utf8 } from "../formats/encoding.ts";
import { type NoteVerifier, openNote } from "../formats/note.ts";
import { MerkleTree } from "../tree/merkle-tree.ts";
import {
  encodeBundle,
  MAX_ENTRY_BYTES,
  TILE_WIDTH,
  tileHashes,
  tilePath,
  tilesOfSize,
} from "../tree/tiles.ts";
import { directorySource, readIfThere } from "./directory-source.ts";
import { writeDurably } from "./durable-file.ts";
import { Journal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import { readLog } from "./log-reader.ts";
import { blobPath, CHECKPOINT_PATH } from "./source.ts";

/** Somebody who cosigns consistent growth: gets the signed note and a proof from the size it saw, returns its line. */
export interface Cosigner {
  readonly lastSize: () => Promise<number>;
  readonly cosign: (note: Uint8Array, proof: readonly Uint8Array[]) => Promise<string>;
}

/** Where a log lives and who signs it. */
export interface LogOptions {
  /** The public files: checkpoint, tiles, blobs. */
  readonly recordDirectory: string;
  /** The writer's own files: journal, lock, temporary files. Same disk as the record. */
  readonly stateDirectory: string;
  readonly verifier: NoteVerifier;
  readonly key: SigningKey;
  readonly cosigners?: readonly Cosigner[];
}

/**
 * The one writer of a log. `append` resolves with the entry's index once the entry is durable; `publish` writes tiles
 * and a signed, cosigned checkpoint over all of them. Opening again after `kill -9` continues where it was.
 */
export class LogWriter {
  readonly #options: LogOptions;
  readonly #journal: Journal;
  readonly #lock: { release(): Promise<void> };
  readonly #tree: MerkleTree;
  readonly #entries: Uint8Array[];
  #publishedSize: number;
  #pending: {
    entry: Uint8Array;
    resolve: (index: number) => void;
    reject: (error: unknown) => void;
  }[] = [];
  #committing: Promise<void> | undefined;
  #failed: unknown;

  private constructor(
    options: LogOptions,
    journal: Journal,
    lock: { release(): Promise<void> },
    tree: MerkleTree,
    entries: Uint8Array[],
    publishedSize: number,
  ) {
    this.#options = options;
    this.#journal = journal;
    this.#lock = lock;
    this.#tree = tree;
    this.#entries = entries;
    this.#publishedSize = publishedSize;
  }

  /** Opens or creates a log. Refuses a second writer (`store-locked`) and files that were altered (`store-altered`). */
  static async open(options: LogOptions): Promise<LogWriter> {
    await mkdir(options.recordDirectory, { recursive: true });
    await mkdir(options.stateDirectory, { recursive: true, mode: 0o700 });
    const lock = await takeLock(join(options.stateDirectory, "lock"));
    try {
      await rm(join(options.stateDirectory, "temporary"), { recursive: true, force: true });
      const source = directorySource(options.recordDirectory);
      const there = (await source.read(CHECKPOINT_PATH)) !== undefined;
      const log = there ? await readLog(source, [options.verifier]) : undefined;
      const tree = log?.tree ?? new MerkleTree();
      const entries = [...(log?.entries ?? [])];
      const { journal, items } = await Journal.open(join(options.stateDirectory, "journal"));
      for (const item of items) {
        if (item.index !== entries.length) continue;
        tree.append(item.entry);
        entries.push(item.entry);
      }
      return new LogWriter(options, journal, lock, tree, entries, log?.entries.length ?? 0);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** All acknowledged entries, in order. */
  get entries(): readonly Uint8Array[] {
    return this.#entries;
  }

  /** How many entries the newest published checkpoint covers. */
  get publishedSize(): number {
    return this.#publishedSize;
  }

  /** Appends an entry and resolves with its index once it is durable. Entries that come together share one sync. */
  append(entry: Uint8Array): Promise<number> {
    if (entry.length > MAX_ENTRY_BYTES) {
      throw new RecordError(
        "limit-exceeded",
        `expected an entry of at most 65535 bytes, got ${entry.length}`,
      );
    }
    return new Promise((resolve, reject) => {
      this.#pending.push({ entry, resolve, reject });
      this.#committing ??= this.#commit();
    });
  }

  /** Stores evidence under its hash and returns the hash; durable when this resolves. */
  async storeBlob(bytes: Uint8Array): Promise<string> {
    const hash = toHex(sha256(bytes));
    const path = join(this.#options.recordDirectory, blobPath(hash));
    const there = await readIfThere(path);
    if (there === undefined || !equalBytes(there, bytes)) await this.#write(blobPath(hash), bytes);
    return hash;
  }

  /** Publishes tiles and a checkpoint over all acknowledged entries; returns the checkpoint note. */
  async publish(): Promise<Uint8Array> {
    await this.#committing;
    const size = this.#entries.length;
    const existing = await readIfThere(join(this.#options.recordDirectory, CHECKPOINT_PATH));
    if (
      existing !== undefined &&
      size === this.#publishedSize &&
      (await this.#isCosigned(existing))
    )
      return existing;
    for (const tile of tilesOfSize(size)) {
      const first = tile.index * TILE_WIDTH;
      const published = subtrees(this.#publishedSize, tile.level);
      if (first + tile.width <= published) continue;
      const bytes =
        tile.level === "entries"
          ? encodeBundle(this.#entries.slice(first, first + tile.width))
          : tileHashes(this.#tree, tile);
      await this.#write(tilePath(tile), bytes);
    }
    const note = await this.#signed(size);
    await this.#write(CHECKPOINT_PATH, note);
    this.#publishedSize = size;
    if (this.#entries.length === size) await this.#journal.clear();
    return note;
  }

  /** Releases the lock. Acknowledged but unpublished entries stay in the journal. */
  async close(): Promise<void> {
    await this.#committing;
    await this.#journal.close();
    await this.#lock.release();
  }

  async #commit(): Promise<void> {
    // One turn of the event loop lets callers that come together share one sync.
    await Promise.resolve();
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      const first = this.#entries.length;
      try {
        if (this.#failed !== undefined) throw this.#failed;
        await this.#journal.append(batch.map(({ entry }, i) => ({ index: first + i, entry })));
      } catch (cause) {
        // After a failed sync nobody knows what the disk holds: nothing more is acknowledged until a restart.
        this.#failed = cause;
        const error = new RecordError(
          "store-failed",
          "expected the journal to be written and synced, got a failure",
          {
            cause,
          },
        );
        for (const { reject } of batch) reject(error);
        continue;
      }
      for (const [i, { entry, resolve }] of batch.entries()) {
        this.#tree.append(entry);
        this.#entries.push(entry);
        resolve(first + i);
      }
    }
    // In the same turn as the last look at the queue: an append after this starts a commit of its own.
    this.#committing = undefined;
  }

  async #signed(size: number): Promise<Uint8Array> {
    const { verifier, key, cosigners = [] } = this.#options;
    const checkpoint: Checkpoint = { origin: verifier.name, size, root: this.#tree.root(size) };
    const note = signCheckpoint(checkpoint, verifier, key);
    const lines = await Promise.all(
      cosigners.map(async (cosigner) =>
        cosigner.cosign(note, this.#tree.consistencyProof(await cosigner.lastSize(), size)),
      ),
    );
    return concatBytes(note, utf8(lines.join("")));
  }

  async #isCosigned(note: Uint8Array): Promise<boolean> {
    const opened = openNote(note, [this.#options.verifier]);
    const covers = parseCheckpoint(opened.text).size === this.#publishedSize;
    return covers && opened.signatures.length === 1 + (this.#options.cosigners?.length ?? 0);
  }

  #write(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.#options.recordDirectory, ...path.split("/"));
    return writeDurably(target, bytes, join(this.#options.stateDirectory, "temporary"));
  }
}

function subtrees(size: number, level: number | "entries"): number {
  let count = size;
  for (let i = 0; level !== "entries" && i < level; i++) count = Math.floor(count / TILE_WIDTH);
  return count;
}
