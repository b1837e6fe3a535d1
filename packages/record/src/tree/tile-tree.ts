import { altered, atPlace, RecordError } from "../error.ts";
import type { Checkpoint } from "../formats/checkpoint.ts";
import { equalBytes } from "../formats/encoding.ts";
import type { RecordSource } from "../store/source.ts";
import { there } from "../there.ts";
import { checkSize, consistencyRanges, inclusionRanges, perfectSubtrees } from "./paths.ts";
import { emptyRoot, foldSubtrees, hashPairs, leafHash } from "./proof.ts";
import { leavesAt, RightEdge, type Tile, widthAt } from "./right-edge.ts";
import { decodeBundle, TILE_WIDTH, type TileName, tilePath } from "./tiles.ts";

const HASH_BYTES = 32;
const TILE_HEIGHT = 8;
/** Tiles kept with their inner nodes, 16 kB each. */
const CACHED_TILES = 1024;

/** Entries of one bundle: they stand in the log from `first` on. */
export interface Bundle {
  readonly first: number;
  readonly entries: readonly Uint8Array[];
}

/**
 * The tree of a log, read tile by tile from where its files lie. Nothing that it returns is taken on trust: the right
 * edge must give the checkpoint's root, every other tile must have the hash that the tile above it holds, every entry
 * the hash that its tile holds (`store-altered`, with the place). Memory does not grow with the log.
 *
 * @example
 * const tree = await TileTree.open(httpSource("https://log.example"), checkpoint);
 * const proof = await tree.inclusionProof(70_000);
 */
export class TileTree {
  readonly checkpoint: Checkpoint;
  readonly #source: RecordSource;
  /** Right-edge tiles by level, with their inner nodes. */
  readonly #edge: readonly Uint8Array[][];
  readonly #partial: readonly Uint8Array[];
  readonly #full = new Map<string, Promise<Uint8Array[]>>();

  private constructor(
    source: RecordSource,
    checkpoint: Checkpoint,
    partial: readonly Uint8Array[],
    edge: readonly Uint8Array[][],
  ) {
    this.#source = source;
    this.checkpoint = checkpoint;
    this.#partial = partial;
    this.#edge = edge;
  }

  /** Reads the right edge and compares it with the checkpoint's root. */
  static async open(source: RecordSource, checkpoint: Checkpoint): Promise<TileTree> {
    const { size, root } = checkpoint;
    const names: TileName[] = [];
    for (let level = 0; leavesAt(size, level) > 0; level++) {
      const index = Math.floor(leavesAt(size, level) / TILE_WIDTH);
      names.push({ level, index, width: widthAt(size, level) });
    }
    const partial = await Promise.all(
      names.map(async (name) =>
        name.width === 0 ? new Uint8Array(0) : (await readTile(source, name)).bytes,
      ),
    );
    if (!equalBytes(RightEdge.resume(size, partial).root(), root)) {
      const name = names.find(({ width }) => width > 0);
      const place = name === undefined ? "checkpoint" : tilePath(name);
      throw altered(place, "expected hashes that give the signed root, got others");
    }
    const edge = partial.map((hashes) => innerNodes(hashes, hashes.length / HASH_BYTES));
    return new TileTree(source, checkpoint, partial, edge);
  }

  /**
   * The tree under a later checkpoint of the same log, with the tiles that were read already. Refuses (`proof-invalid`) a
   * checkpoint that does not continue this one.
   */
  async grownTo(checkpoint: Checkpoint): Promise<TileTree> {
    const grown = await TileTree.open(this.#source, checkpoint);
    const { size, root } = this.checkpoint;
    if (size > checkpoint.size || !equalBytes(await grown.root(size), root)) {
      const message = `expected a tree of ${checkpoint.size} that continues that of ${size}, got another`;
      throw new RecordError("proof-invalid", message);
    }
    // Only now: what was read under the old root stands under the new one too.
    for (const [path, nodes] of this.#full) grown.#full.set(path, nodes);
    return grown;
  }

  /** The edge from which a sequencer goes on. */
  rightEdge(onFull?: (tile: Tile) => void): RightEdge {
    return RightEdge.resume(this.checkpoint.size, this.#partial, onFull);
  }

  /** Root over the first `size` entries. */
  async root(size = this.checkpoint.size): Promise<Uint8Array> {
    checkSize(size, this.checkpoint.size);
    return size === 0 ? emptyRoot() : this.#rangeHash([0, size]);
  }

  /** Proof that entry `index` is among the first `size` (RFC 6962, section 2.1.1). */
  inclusionProof(index: number, size = this.checkpoint.size): Promise<Uint8Array[]> {
    checkSize(size, this.checkpoint.size);
    return this.#hashes(inclusionRanges(index, size));
  }

  /** Proof that the first `size1` entries are a prefix of the first `size2` (RFC 6962, section 2.1.2). */
  consistencyProof(size1: number, size2 = this.checkpoint.size): Promise<Uint8Array[]> {
    checkSize(size2, this.checkpoint.size);
    return this.#hashes(consistencyRanges(size1, size2));
  }

  /** The hashes of a tile or of its first `width` ones. Full tiles and those of the right edge can be had. */
  async tile(name: TileName & { readonly level: number }): Promise<Uint8Array> {
    const [hashes] = await this.#nodes(name.level, name.index);
    const bytes = hashes?.subarray(0, name.width * HASH_BYTES);
    if (bytes?.length === name.width * HASH_BYTES) return bytes;
    throw altered(tilePath(name), "expected only what the checkpoint covers, got a tile beyond it");
  }

  /** The entries of the bundle with this number, each compared with its leaf hash. */
  async bundle(index: number): Promise<Bundle> {
    const first = index * TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, this.checkpoint.size - first);
    const name: TileName = { level: "entries", index, width };
    const [hashes, { path, bytes, held }] = await Promise.all([
      this.tile({ level: 0, index, width }),
      readTile(this.#source, name),
    ]);
    const entries = atPlace(path, () => decodeBundle(bytes, held)).slice(0, width);
    for (const [i, entry] of entries.entries()) {
      if (equalBytes(leafHash(entry), hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))) {
        continue;
      }
      throw altered(
        path,
        `entry ${first + i}: expected the entry that the tree holds, got another; it was changed`,
      );
    }
    return { first, entries };
  }

  /** One entry. */
  async entry(index: number): Promise<Uint8Array> {
    checkSize(index, this.checkpoint.size - 1);
    const { entries } = await this.bundle(Math.floor(index / TILE_WIDTH));
    return there(entries[index % TILE_WIDTH]);
  }

  /** All entries from one on, bundle by bundle, reading a few bundles ahead. */
  async *bundles(from = 0, readAhead = 4): AsyncGenerator<Bundle> {
    const last = Math.ceil(this.checkpoint.size / TILE_WIDTH);
    let next = Math.floor(from / TILE_WIDTH);
    const reading: Promise<Bundle>[] = [];
    while (next < last || reading.length > 0) {
      while (next < last && reading.length < readAhead) {
        const bundle = this.bundle(next++);
        // Whoever takes it from the queue sees its failure; until then nobody must miss it.
        bundle.catch(() => undefined);
        reading.push(bundle);
      }
      const { first, entries } = await there(reading.shift());
      const skipped = Math.max(0, from - first);
      yield { first: first + skipped, entries: entries.slice(skipped) };
    }
  }

  async #hashes(ranges: readonly (readonly [number, number])[]): Promise<Uint8Array[]> {
    return Promise.all(ranges.map((range) => this.#rangeHash(range)));
  }

  async #rangeHash(range: readonly [number, number]): Promise<Uint8Array> {
    const subtrees = perfectSubtrees(range).map(async ({ height, index }) => {
      const level = Math.floor(height / TILE_HEIGHT);
      const inside = height % TILE_HEIGHT;
      const perTile = TILE_WIDTH >> inside;
      const nodes = await this.#nodes(level, Math.floor(index / perTile));
      const at = (index % perTile) * HASH_BYTES;
      return there(nodes[inside]).slice(at, at + HASH_BYTES);
    });
    return foldSubtrees(await Promise.all(subtrees));
  }

  /** A tile's hashes, and above them the nodes inside it, level by level. */
  #nodes(level: number, index: number): Promise<Uint8Array[]> {
    const count = leavesAt(this.checkpoint.size, level);
    if (index === Math.floor(count / TILE_WIDTH) && count % TILE_WIDTH > 0) {
      return Promise.resolve(there(this.#edge[level]));
    }
    const path = tilePath({ level, index, width: TILE_WIDTH });
    if ((index + 1) * TILE_WIDTH > count) {
      return Promise.reject(
        altered(path, "expected what the checkpoint covers, got a tile beyond"),
      );
    }
    const known = this.#full.get(path);
    if (known !== undefined) return known;
    const nodes = this.#readFull(level, index, path);
    const [oldest] = this.#full.keys();
    if (oldest !== undefined && this.#full.size >= CACHED_TILES) this.#full.delete(oldest);
    this.#full.set(path, nodes);
    nodes.catch(() => this.#full.delete(path));
    return nodes;
  }

  async #readFull(level: number, index: number, path: string): Promise<Uint8Array[]> {
    const { bytes } = await readTile(this.#source, { level, index, width: TILE_WIDTH });
    const nodes = innerNodes(bytes, TILE_WIDTH);
    const [above] = await this.#nodes(level + 1, Math.floor(index / TILE_WIDTH));
    const at = (index % TILE_WIDTH) * HASH_BYTES;
    const expected = there(above).subarray(at, at + HASH_BYTES);
    if (equalBytes(there(nodes[TILE_HEIGHT]), expected)) return nodes;
    throw altered(path, "expected the hashes that the tile above it stands for, got others");
  }
}

/**
 * Content of a tile or bundle. A log may delete a partial tile once the full one exists, so a reader falls back to that.
 *
 * @returns the path that was read, its bytes, and how many hashes or entries lie there; tiles are cut to their width
 */
async function readTile(
  source: RecordSource,
  tile: TileName,
): Promise<{ path: string; bytes: Uint8Array; held: number }> {
  const path = tilePath(tile);
  const full = tilePath({ ...tile, width: TILE_WIDTH });
  let [bytes, held, from] = [await source.read(path), tile.width, path];
  if (bytes === undefined && full !== path) {
    [bytes, held, from] = [await source.read(full), TILE_WIDTH, full];
  }
  if (bytes === undefined) {
    throw new RecordError("store-missing", `expected the file ${path}, got none`, { place: path });
  }
  if (tile.level === "entries") return { path: from, bytes, held };
  if (bytes.length !== held * HASH_BYTES) {
    throw altered(from, `expected ${held} hashes of 32 bytes, got ${bytes.length} bytes`);
  }
  return { path: from, bytes: bytes.slice(0, tile.width * HASH_BYTES), held };
}

/** The hashes of a tile, then level by level the nodes over complete pairs of them. */
function innerNodes(hashes: Uint8Array, width: number): Uint8Array[] {
  const levels = [hashes];
  for (let count = width; count > 1; count = Math.floor(count / 2)) {
    const level = there(levels.at(-1)).slice();
    hashPairs(level, count);
    levels.push(level.slice(0, Math.floor(count / 2) * HASH_BYTES));
  }
  return levels;
}
