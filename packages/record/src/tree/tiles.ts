import { RecordError } from "../error.ts";
import { concatBytes } from "../formats/encoding.ts";
import { there } from "../there.ts";
import type { MerkleTree } from "./merkle-tree.ts";

/** Hashes or entries in a full tile. */
export const TILE_WIDTH = 256;
/** Largest entry an entry bundle can hold, in bytes. */
export const MAX_ENTRY_BYTES = 65_535;

/** One tile of the tree, or one bundle of entries when `level` is "entries". */
export interface TileName {
  readonly level: number | "entries";
  readonly index: number;
  /** Hashes or entries held: 1 to 256. */
  readonly width: number;
}

/** Path of a tile below the log's prefix (c2sp.org/tlog-tiles, "Merkle Tree" and "Log entries"). */
export function tilePath(tile: TileName): string {
  const digits = String(tile.index).padStart(Math.ceil(String(tile.index).length / 3) * 3, "0");
  const groups = digits.match(/.{3}/g) ?? [];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  const partial = tile.width < TILE_WIDTH ? `.p/${tile.width}` : "";
  return `tile/${tile.level}/${path}${partial}`;
}

/** The tile that a path names, or `undefined` when the path is none. */
export function parseTilePath(path: string): TileName | undefined {
  const match =
    /^tile\/(entries|0|[1-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
      path,
    );
  if (match === null) return undefined;
  const [, level, groups = "", last = "", partial] = match;
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const index = Number(groups.replaceAll("x", "").replaceAll("/", "") + last);
  if (!Number.isSafeInteger(index) || (partial !== undefined && width >= TILE_WIDTH))
    return undefined;
  const tile: TileName = { level: level === "entries" ? "entries" : Number(level), index, width };
  return tilePath(tile) === path ? tile : undefined;
}

/**
 * All tiles and bundles a log of `size` entries serves, the partial ones at the right edge included. One at a time: a
 * hostile checkpoint may state any size, and a reader stops at the first file that is not there.
 */
export function* tilesOfSize(size: number): Generator<TileName> {
  yield* tilesOfLevel("entries", size);
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    yield* tilesOfLevel(level, count);
  }
}

function* tilesOfLevel(level: number | "entries", count: number): Generator<TileName> {
  for (let index = 0; index * TILE_WIDTH < count; index++) {
    yield { level, index, width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH) };
  }
}

/** Content of a tree tile: its hashes, 32 bytes each. */
export function tileHashes(tree: MerkleTree, tile: TileName): Uint8Array {
  if (tile.level === "entries")
    throw new RecordError("malformed-tile", "expected a tree tile, got an entry bundle");
  return tree.subtreeHashes(tile.level * 8, tile.index * TILE_WIDTH, tile.width);
}

/** Content of an entry bundle: per entry its length as two bytes, big-endian, and the entry. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) {
        throw new RecordError(
          "limit-exceeded",
          `expected an entry of at most 65535 bytes, got ${entry.length}`,
        );
      }
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** Entries of a bundle; refuses one that does not hold exactly `width` entries. */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = (there(bytes[at]) << 8) | (bytes[at + 1] ?? 0);
    if (at + 2 + length > bytes.length) {
      throw new RecordError(
        "malformed-tile",
        `expected an entry of ${length} bytes, got ${bytes.length - at - 2}`,
      );
    }
    entries.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (entries.length !== width) {
    throw new RecordError(
      "malformed-tile",
      `expected ${width} entries in the bundle, got ${entries.length}`,
    );
  }
  return entries;
}
