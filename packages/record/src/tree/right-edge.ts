import { RecordError } from "../error.ts";
import { there } from "../there.ts";
import { emptyRoot, rootOfHashes } from "./proof.ts";
import { TILE_WIDTH, type TileName } from "./tiles.ts";

const HASH_BYTES = 32;
const TILE_BYTES = TILE_WIDTH * HASH_BYTES;

/** A tile of the tree with its content. */
export interface Tile {
  readonly name: TileName & { readonly level: number };
  readonly bytes: Uint8Array;
}

/**
 * The right edge of a growing tree: the one tile of each level that is not full yet. That is all that a sequencer needs
 * to append and to know its root; full tiles are handed out once and forgotten.
 *
 * @example
 * const edge = new RightEdge((tile) => write(tile));
 * edge.append(leafHash(entry));
 * edge.root();
 */
export class RightEdge {
  readonly #onFull: (tile: Tile) => void;
  readonly #levels: { bytes: Uint8Array; width: number }[] = [];
  #size = 0;

  constructor(onFull: (tile: Tile) => void = () => undefined) {
    this.#onFull = onFull;
  }

  /**
   * The edge of a tree of `size` leaves from its partial tiles.
   *
   * @param partial hashes of the partial tile of each level, from level 0 up; empty where a level has none
   */
  static resume(
    size: number,
    partial: readonly Uint8Array[],
    onFull?: (tile: Tile) => void,
  ): RightEdge {
    const edge = new RightEdge(onFull);
    edge.#size = size;
    for (const [level, hashes] of partial.entries()) {
      const width = widthAt(size, level);
      if (hashes.length !== width * HASH_BYTES) {
        throw new RecordError(
          "malformed-tile",
          `expected ${width} hashes of 32 bytes at level ${level}, got ${hashes.length} bytes`,
        );
      }
      const bytes = new Uint8Array(TILE_BYTES);
      bytes.set(hashes);
      edge.#levels.push({ bytes, width });
    }
    return edge;
  }

  /** Number of leaves. */
  get size(): number {
    return this.#size;
  }

  /** Appends a leaf hash; hands out each tile that becomes full. */
  append(leaf: Uint8Array): void {
    this.#append(0, leaf);
    this.#size++;
  }

  /** Root over all leaves. What is right of a level's full tiles is one more, incomplete, item of the level above. */
  root(): Uint8Array {
    let carry: Uint8Array | undefined;
    for (const { bytes, width } of this.#levels) {
      const hashes = carry === undefined ? bytes : bytes.slice(0, (width + 1) * HASH_BYTES);
      if (carry !== undefined) hashes.set(carry, width * HASH_BYTES);
      const count = width + (carry === undefined ? 0 : 1);
      if (count > 0) carry = rootOfHashes(hashes, count);
    }
    return carry ?? emptyRoot();
  }

  /** The partial tiles of the present size, copied. */
  partialTiles(): Tile[] {
    return this.#levels.flatMap(({ bytes, width }, level) =>
      width === 0
        ? []
        : [
            {
              name: { level, index: Math.floor(leavesAt(this.#size, level) / TILE_WIDTH), width },
              bytes: bytes.slice(0, width * HASH_BYTES),
            },
          ],
    );
  }

  #append(level: number, hash: Uint8Array): void {
    this.#levels[level] ??= { bytes: new Uint8Array(TILE_BYTES), width: 0 };
    const tile = there(this.#levels[level]);
    tile.bytes.set(hash, tile.width * HASH_BYTES);
    tile.width++;
    if (tile.width < TILE_WIDTH) return;
    const full = tile.bytes;
    tile.bytes = new Uint8Array(TILE_BYTES);
    tile.width = 0;
    const index = Math.floor(leavesAt(this.#size, level) / TILE_WIDTH);
    this.#onFull({ name: { level, index, width: TILE_WIDTH }, bytes: full });
    this.#append(level + 1, rootOfHashes(full, TILE_WIDTH));
  }
}

/** Complete hashes of a level in a tree of `size` leaves. */
export function leavesAt(size: number, level: number | "entries"): number {
  let count = size;
  for (let i = 0; level !== "entries" && i < level; i++) count = Math.floor(count / TILE_WIDTH);
  return count;
}

/** Width of the partial tile of a level in a tree of `size` leaves; 0 where there is none. */
export function widthAt(size: number, level: number | "entries"): number {
  return leavesAt(size, level) % TILE_WIDTH;
}
