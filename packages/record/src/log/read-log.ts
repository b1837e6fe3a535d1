import { sha256 } from "#primitives";
import { altered, atPlace, RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { equalBytes, toHex } from "../formats/encoding.ts";
import { openNote } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import { blobPath, CHECKPOINT_PATH, type RecordSource } from "../store/source.ts";
import { there } from "../there.ts";
import { leavesAt } from "../tree/right-edge.ts";
import { TileTree } from "../tree/tile-tree.ts";
import { decodeBundle, parseTilePath, TILE_WIDTH, type TileName } from "../tree/tiles.ts";

/** A log whose checkpoint is signed and whose right edge gives the signed root; the rest is checked as it is read. */
export interface Log {
  readonly checkpoint: Checkpoint;
  readonly note: Uint8Array;
  /** Keys among those given that validly signed the checkpoint. */
  readonly verified: readonly NoteVerifier[];
  readonly tree: TileTree;
}

/**
 * Opens a log for reading: its checkpoint and the right edge of its tree. Entries and proofs come from `tree`, which
 * refuses (`store-altered`, with the place) whatever the checkpoint does not sign.
 *
 * @param verifiers the log's key and any witnesses' keys; one of them at least must have signed
 * @example for await (const { entries } of (await openLog(source, [logKey])).tree.bundles()) use(entries);
 */
export async function openLog(
  source: RecordSource,
  verifiers: readonly NoteVerifier[],
  note?: Uint8Array,
): Promise<Log> {
  const bytes = note ?? (await source.read(CHECKPOINT_PATH));
  if (bytes === undefined) throw missing(CHECKPOINT_PATH);
  const { checkpoint, verified } = atPlace(CHECKPOINT_PATH, () => {
    const opened = openNote(bytes, verifiers);
    return { checkpoint: parseCheckpoint(opened.text), verified: opened.verified };
  });
  return { checkpoint, note: bytes, verified, tree: await TileTree.open(source, checkpoint) };
}

/** All entries at once. For logs that fit in memory; `tree.bundles()` reads those that do not. */
export async function readEntries(tree: TileTree, from = 0): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const { entries } of tree.bundles(from)) for (const entry of entries) all.push(entry);
  return all;
}

/**
 * Looks at every file of a source that can list them and that reading the tree does not look at: superseded partial tiles
 * must hold what the tree holds, blobs must have the hash that names them, and nothing else may lie there. Tiles that no checkpoint covers yet prove nothing and are
 * only counted: a keeper writes tiles before the checkpoint over them.
 *
 * @returns how many files no checkpoint covers
 */
export async function checkEveryFile(source: RecordSource, log: Log): Promise<number> {
  let beyond = 0;
  for (const path of (await source.list?.()) ?? []) {
    if (path === CHECKPOINT_PATH) continue;
    const tile = parseTilePath(path);
    if (tile !== undefined && endOf(tile) > leavesAt(log.checkpoint.size, tile.level)) {
      beyond++;
      continue;
    }
    // What the tree reads itself it checks when it does.
    if (tile !== undefined && isRead(tile, log.checkpoint.size)) continue;
    const bytes = await source.read(path);
    // A keeper at work removes partial tiles once the full one is there.
    if (bytes === undefined) continue;
    if (tile !== undefined) await compareTile(tile, path, bytes, log.tree);
    else if (!path.startsWith("blob/")) {
      const message =
        "expected a checkpoint, a tile or a blob, got a file that a record does not have";
      throw altered(path, message);
    } else if (path !== blobPath(toHex(sha256(bytes)))) {
      const message = `expected content with the hash in its name, got ${toHex(sha256(bytes))}`;
      throw altered(path, message);
    }
  }
  return beyond;
}

/** Content-addressed evidence, or `undefined`; refuses content that does not have the hash asked for. */
export async function readBlob(
  source: RecordSource,
  hash: string,
): Promise<Uint8Array | undefined> {
  const bytes = await source.read(blobPath(hash));
  if (bytes !== undefined && toHex(sha256(bytes)) !== hash) {
    throw altered(blobPath(hash), `expected content with that hash, got ${toHex(sha256(bytes))}`);
  }
  return bytes;
}

async function compareTile(
  tile: TileName,
  path: string,
  bytes: Uint8Array,
  tree: TileTree,
): Promise<void> {
  if (tile.level === "entries") {
    const found = atPlace(path, () => decodeBundle(bytes, tile.width));
    const { first, entries } = await tree.bundle(tile.index);
    const place = found.findIndex((entry, i) => !equalBytes(entry, there(entries[i])));
    if (place >= 0) {
      const message = `entry ${first + place}: expected the entry that the tree holds, got another`;
      throw altered(path, message);
    }
    return;
  }
  const { level, index, width } = tile;
  if (!equalBytes(bytes, await tree.tile({ level, index, width }))) {
    throw altered(path, `expected the ${width} hashes that the tree holds, got others`);
  }
}

/** Whether a tree of this size stands on the tile itself: full ones, and the last of each level. */
function isRead({ level, index, width }: TileName, size: number): boolean {
  const count = leavesAt(size, level);
  return width === TILE_WIDTH || index * TILE_WIDTH + width === count;
}

function endOf(tile: TileName): number {
  return tile.index * TILE_WIDTH + tile.width;
}

function missing(place: string): RecordError {
  return new RecordError("store-missing", `expected the file ${place}, got none`, { place });
}
