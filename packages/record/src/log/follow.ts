import { RecordError } from "../error.ts";
import type { Checkpoint } from "../formats/checkpoint.ts";
import { equalBytes } from "../formats/encoding.ts";
import type { Policy } from "../formats/policy.ts";
import { openTrusted } from "../formats/trusted-checkpoint.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import {
  CHECKPOINT_PATH,
  type LogStore,
  type RecordFile,
  type RecordSource,
} from "../store/source.ts";
import { leafHash } from "../tree/proof.ts";
import { leavesAt, RightEdge } from "../tree/right-edge.ts";
import { TileTree } from "../tree/tile-tree.ts";
import { encodeBundle, TILE_WIDTH, tilePath } from "../tree/tiles.ts";
import { findSplitView, type SplitView } from "../witness/split-view.ts";

/** Bundles that are written at once. */
const CHUNK = 64;

/** What one look at another place's log gave. */
export type Followed =
  | {
      readonly kind: "grown";
      readonly from: number;
      readonly to: number;
      readonly note: Uint8Array;
    }
  | { readonly kind: "same"; readonly size: number }
  /** The other place shows an earlier checkpoint of the same history. */
  | { readonly kind: "behind"; readonly size: number; readonly theirs: number }
  /** The log signed two histories. What was copied before stays as it was. */
  | { readonly kind: "split-view"; readonly evidence: SplitView };

/**
 * Copies what a log has grown by, after checking it: the checkpoint's signature and quorum, that it continues what was
 * copied before, and every entry against the tree. The checkpoint is written last, so that the copy is a whole record at
 * any moment.
 *
 * @param store where the copy lies
 * @param policy the log's key, and the witnesses it must show
 */
export async function follow(
  source: RecordSource,
  store: Pick<LogStore, "read" | "write" | "removePartials">,
  policy: Policy,
  onProgress: (done: number, all: number) => void = () => undefined,
): Promise<Followed> {
  const note = await source.read(CHECKPOINT_PATH);
  if (note === undefined) {
    const message = "expected a checkpoint at the place that is followed, got none";
    throw new RecordError("store-missing", message, { place: CHECKPOINT_PATH });
  }
  const { checkpoint, log } = openTrusted(note, policy);
  const ownNote = await store.read(CHECKPOINT_PATH);
  const own = ownNote === undefined ? undefined : openTrusted(ownNote, policy).checkpoint;
  if (ownNote !== undefined && own !== undefined) {
    const found = await compare(
      { source, note, checkpoint },
      { source: store, note: ownNote, checkpoint: own },
      log,
    );
    if (found !== undefined) return { kind: "split-view", evidence: found };
    if (checkpoint.size === own.size) return { kind: "same", size: own.size };
    if (checkpoint.size < own.size) {
      return { kind: "behind", size: own.size, theirs: checkpoint.size };
    }
  }
  await copy(source, store, own, checkpoint, onProgress);
  await store.write([{ path: CHECKPOINT_PATH, bytes: note }]);
  await removePartials(store, own?.size ?? 0, checkpoint.size);
  return { kind: "grown", from: own?.size ?? 0, to: checkpoint.size, note };
}

interface Seen {
  readonly source: RecordSource;
  readonly note: Uint8Array;
  readonly checkpoint: Checkpoint;
}

/** Evidence that two places were shown different histories by one log, or nothing where one continues the other. */
export async function compare(
  one: Seen,
  other: Seen,
  log: NoteVerifier,
): Promise<SplitView | undefined> {
  const [larger, smaller] =
    one.checkpoint.size >= other.checkpoint.size ? [one, other] : [other, one];
  const tree = await TileTree.open(larger.source, larger.checkpoint);
  return findSplitView(tree, larger.note, smaller.note, log);
}

/** New bundles and tiles. The tiles are computed from the entries: what cannot be computed is not copied. */
async function copy(
  source: RecordSource,
  store: Pick<LogStore, "read" | "write">,
  own: Checkpoint | undefined,
  checkpoint: Checkpoint,
  onProgress: (done: number, all: number) => void,
): Promise<void> {
  let files: RecordFile[] = [];
  const take = (name: Parameters<typeof tilePath>[0], bytes: Uint8Array) =>
    files.push({ path: tilePath(name), bytes });
  const edge =
    own === undefined
      ? new RightEdge((tile) => take(tile.name, tile.bytes))
      : (await TileTree.open(store, own)).rightEdge((tile) => take(tile.name, tile.bytes));
  const tree = await TileTree.open(source, checkpoint);
  const start = Math.floor(edge.size / TILE_WIDTH);
  for await (const { first, entries } of tree.bundles(start * TILE_WIDTH)) {
    take(
      { level: "entries", index: first / TILE_WIDTH, width: entries.length },
      encodeBundle(entries),
    );
    for (const entry of entries.slice(edge.size - first)) edge.append(leafHash(entry));
    onProgress(edge.size, checkpoint.size);
    if (files.length < CHUNK) continue;
    await store.write(files);
    files = [];
  }
  if (!equalBytes(edge.root(), checkpoint.root)) {
    throw new RecordError(
      "store-altered",
      "expected entries that give the signed root, got others",
    );
  }
  for (const tile of edge.partialTiles()) take(tile.name, tile.bytes);
  await store.write(files);
}

/** Removes the partial tiles beside those that became full while a log grew from one size to another. */
export async function removePartials(
  store: Pick<LogStore, "removePartials">,
  before: number,
  size: number,
): Promise<void> {
  for (const level of ["entries", 0, 1, 2, 3, 4, 5] as const) {
    const full = (count: number) => Math.floor(leavesAt(count, level) / TILE_WIDTH);
    for (let index = full(before); index < full(size); index++) {
      await store.removePartials(tilePath({ level, index, width: TILE_WIDTH }));
    }
  }
}
