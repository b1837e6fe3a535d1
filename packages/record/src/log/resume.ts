import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { equalBytes } from "../formats/encoding.ts";
import { openNote } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import { CHECKPOINT_PATH, type LogStore } from "../store/source.ts";
import { emptyRoot } from "../tree/proof.ts";
import { TileTree } from "../tree/tile-tree.ts";
import { TILE_WIDTH } from "../tree/tiles.ts";

/** Where a sequencer goes on after a stop of any kind. */
export interface Resumed {
  /** The tree that the newest signed checkpoint covers. */
  readonly tree: TileTree;
  /** That checkpoint as it was signed, without cosignatures; nothing for a new log. */
  readonly signed: Uint8Array | undefined;
  /** The newest checkpoint that was shown. */
  readonly published: Uint8Array | undefined;
  readonly publishedSize: number;
  /** Entries of the bundle that is not full yet, and after them those of the journal. */
  readonly tail: readonly Uint8Array[];
  /** How many of the tail stand in tiles already. */
  readonly integrated: number;
}

/**
 * Finds out what a store holds: the newest checkpoint signed, the tiles it covers, the journal beyond. Refuses
 * (`store-altered`, `store-missing`) a store that lacks what was signed or shows another history: going on from there
 * would fork the log.
 */
export async function resumeLog(store: LogStore, verifier: NoteVerifier): Promise<Resumed> {
  const signed = await store.readSigned();
  const published = await store.read(CHECKPOINT_PATH);
  const own = signed === undefined ? undefined : checkpointOf(signed, verifier);
  const shown = published === undefined ? undefined : checkpointOf(published, verifier);
  const empty: Checkpoint = { origin: verifier.name, size: 0, root: emptyRoot() };
  const isShownNewer = (shown?.size ?? 0) > (own?.size ?? 0);
  const newest = (isShownNewer ? shown : own) ?? shown ?? empty;
  const tree = await TileTree.open(store, newest);
  for (const other of [own, shown]) {
    if (other === undefined || equalBytes(await tree.root(other.size), other.root)) continue;
    throw new RecordError(
      "store-altered",
      `expected one history, got a checkpoint of ${other.size} entries that is no part of the signed one of ${newest.size}`,
      { place: CHECKPOINT_PATH },
    );
  }
  const integrated = newest.size % TILE_WIDTH;
  const index = Math.floor(newest.size / TILE_WIDTH);
  const tail = integrated === 0 ? [] : [...(await tree.bundle(index)).entries];
  const first = newest.size - integrated;
  for (const batch of await store.readJournal()) {
    const size = first + tail.length;
    if (batch.first > size) {
      throw new RecordError(
        "store-altered",
        `expected a journal from entry ${size} on, got one from ${batch.first}: acknowledged entries are missing`,
      );
    }
    tail.push(...batch.entries.slice(size - batch.first));
  }
  const publishedSize = shown?.size ?? 0;
  return {
    tree,
    signed: isShownNewer ? published : signed,
    published,
    publishedSize,
    tail,
    integrated,
  };
}

function checkpointOf(note: Uint8Array, verifier: NoteVerifier): Checkpoint {
  return parseCheckpoint(openNote(note, [verifier]).text);
}
