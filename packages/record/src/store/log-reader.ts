import { sha256 } from "#primitives";
import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { equalBytes, toHex } from "../formats/encoding.ts";
import { type NoteVerifier, openNote } from "../formats/note.ts";
import { MerkleTree } from "../tree/merkle-tree.ts";
import {
  decodeBundle,
  parseTilePath,
  TILE_WIDTH,
  type TileName,
  tileHashes,
  tilePath,
  tilesOfSize,
} from "../tree/tiles.ts";
import { blobPath, CHECKPOINT_PATH, type RecordSource } from "./source.ts";

/** A record whose tree has been rebuilt from its entries and found to be the one its checkpoint signs. */
export interface LogContent {
  readonly checkpoint: Checkpoint;
  readonly note: Uint8Array;
  /** Keys among those given that validly signed the checkpoint. */
  readonly verified: readonly NoteVerifier[];
  readonly entries: readonly Uint8Array[];
  readonly tree: MerkleTree;
}

/**
 * Reads a whole log: checkpoint, entries, tree. Refuses (`store-altered`, with the place) an entry that differs from
 * its leaf hash in the tile, a tile that differs from its entries, and a root that differs from the signed one.
 *
 * @param verifiers the log's key and any witnesses' keys; one of them at least must have signed
 */
export async function readLog(
  source: RecordSource,
  verifiers: readonly NoteVerifier[],
): Promise<LogContent> {
  const note = await needed(source, CHECKPOINT_PATH);
  const { checkpoint, verified } = atPlace(CHECKPOINT_PATH, () => {
    const opened = openNote(note, verifiers);
    return { checkpoint: parseCheckpoint(opened.text), verified: opened.verified };
  });
  const entries = await readEntries(source, checkpoint.size);
  const tree = new MerkleTree();
  for (const entry of entries) tree.append(entry);
  for (const tile of tilesOfSize(checkpoint.size)) {
    if (tile.level === "entries") continue;
    const { path, bytes } = await readTile(source, tile);
    compareTile(tile, path, bytes, tree);
  }
  if (!equalBytes(tree.root(), checkpoint.root)) {
    throw altered(
      CHECKPOINT_PATH,
      "expected the signed root over the entries, got entries with another root",
    );
  }
  return { checkpoint, note, verified, entries, tree };
}

/**
 * Looks at every file of a source that can list them: superseded partial tiles must be prefixes of what replaced
 * them, blobs must have the hash that names them, and nothing else may lie there.
 */
export async function checkEveryFile(source: RecordSource, log: LogContent): Promise<void> {
  for (const path of (await source.list?.()) ?? []) {
    if (path === CHECKPOINT_PATH) continue;
    const bytes = await needed(source, path);
    const tile = parseTilePath(path);
    if (tile !== undefined) compareTileFile(tile, path, bytes, log);
    else if (path.startsWith("blob/")) {
      if (path !== blobPath(toHex(sha256(bytes)))) {
        throw altered(
          path,
          `expected content with the hash in its name, got ${toHex(sha256(bytes))}`,
        );
      }
    } else
      throw altered(
        path,
        "expected a checkpoint, a tile or a blob, got a file that a record does not have",
      );
  }
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

async function readEntries(source: RecordSource, size: number): Promise<Uint8Array[]> {
  const entries: Uint8Array[] = [];
  for (const tile of tilesOfSize(size)) {
    if (tile.level !== "entries") break;
    const { path, bytes } = await readTile(source, tile);
    const found = atPlace(path, () =>
      decodeBundle(bytes, path === tilePath(tile) ? tile.width : TILE_WIDTH),
    );
    for (const entry of found.slice(0, tile.width)) entries.push(entry);
  }
  return entries;
}

/** A log may delete a partial tile once the full one exists, so a reader falls back to that. */
async function readTile(
  source: RecordSource,
  tile: TileName,
): Promise<{ path: string; bytes: Uint8Array }> {
  const path = tilePath(tile);
  const bytes = await source.read(path);
  if (bytes !== undefined) return { path, bytes };
  const full = tilePath({ ...tile, width: TILE_WIDTH });
  return { path: full, bytes: await needed(source, full, path) };
}

function compareTileFile(tile: TileName, path: string, bytes: Uint8Array, log: LogContent): void {
  const end = tile.index * TILE_WIDTH + tile.width;
  if (tile.level !== "entries") {
    if (end > subtreesAt(log.checkpoint.size, tile.level)) throw beyond(path);
    compareTile(tile, path, bytes, log.tree);
    return;
  }
  if (end > log.checkpoint.size) throw beyond(path);
  const entries = atPlace(path, () => decodeBundle(bytes, tile.width));
  for (const [i, entry] of entries.entries()) {
    const index = tile.index * TILE_WIDTH + i;
    if (!equalBytes(entry, log.entries[index] as Uint8Array)) {
      throw altered(path, `entry ${index}: expected the entry that the tree holds, got another`);
    }
  }
}

function compareTile(tile: TileName, path: string, bytes: Uint8Array, tree: MerkleTree): void {
  const width = path === tilePath(tile) ? tile.width : TILE_WIDTH;
  const expected = tileHashes(tree, tile);
  if (bytes.length !== width * 32) {
    throw altered(path, `expected ${width} hashes of 32 bytes, got ${bytes.length} bytes`);
  }
  for (let i = 0; i < tile.width; i++) {
    if (!equalBytes(bytes.subarray(i * 32, i * 32 + 32), expected.subarray(i * 32, i * 32 + 32))) {
      const at = tile.index * TILE_WIDTH + i;
      const what = tile.level === 0 ? `entry ${at}` : `subtree ${at} of level ${tile.level}`;
      throw altered(
        path,
        `${what}: expected the hash of the entries, got another; entry or tile was changed`,
      );
    }
  }
}

function subtreesAt(size: number, level: number): number {
  let count = size;
  for (let i = 0; i < level; i++) count = Math.floor(count / TILE_WIDTH);
  return count;
}

async function needed(source: RecordSource, path: string, asked = path): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (bytes === undefined) {
    throw new RecordError("store-missing", `expected the file ${asked}, got none`, {
      place: asked,
    });
  }
  return bytes;
}

/** Errors inside one file are told with the file's name. */
function atPlace<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecordError) || error.place !== undefined) throw error;
    throw new RecordError(error.code, error.message, { place, cause: error });
  }
}

function beyond(path: string): RecordError {
  return altered(path, "expected only what the checkpoint covers, got a tile beyond it");
}

function altered(place: string, message: string): RecordError {
  return new RecordError("store-altered", message, { place });
}
