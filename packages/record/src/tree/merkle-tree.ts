import { RecordError } from "../error.ts";
import { there } from "../there.ts";
import {
  checkSize,
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  perfectSubtrees,
} from "./paths.ts";
import { emptyRoot, foldSubtrees, leafHash, nodeHash } from "./proof.ts";

const HASH_BYTES = 32;

/**
 * An append-only Merkle tree in memory (RFC 6962, section 2.1): the hashes of all complete subtrees, level by level,
 * about 64 bytes an entry. Roots and proofs can be asked for any earlier size too. A log of any length is read through
 * `TileTree` instead, which keeps only what it is asked for.
 *
 * @example
 * const tree = new MerkleTree();
 * tree.append(entry);
 * checkInclusion(leafHash(entry), 0, 1, tree.inclusionProof(0, 1), tree.root(1));
 */
export class MerkleTree {
  readonly #levels: HashColumn[] = [];

  /** Number of entries. */
  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** Appends an entry. */
  append(entry: Uint8Array): void {
    this.appendLeafHash(leafHash(entry));
  }

  /** Appends an entry of which only the leaf hash is at hand. */
  appendLeafHash(hash: Uint8Array): void {
    let carried = hash;
    for (let level = 0; ; level++) {
      this.#levels[level] ??= new HashColumn();
      const column = there(this.#levels[level]);
      column.push(carried);
      if (column.length % 2 === 1) return;
      carried = nodeHash(column.at(column.length - 2), column.at(column.length - 1));
    }
  }

  /** Root over the first `size` entries. */
  root(size = this.size): Uint8Array {
    checkSize(size, this.size);
    return size === 0 ? emptyRoot() : this.#rangeHash([0, size]);
  }

  /** Proof that entry `index` is among the first `size` (RFC 6962, section 2.1.1). */
  inclusionProof(index: number, size = this.size): Uint8Array[] {
    checkSize(size, this.size);
    return inclusionRanges(index, size).map((range) => this.#rangeHash(range));
  }

  /** Proof that the first `size1` entries are a prefix of the first `size2` (RFC 6962, section 2.1.2). */
  consistencyProof(size1: number, size2 = this.size): Uint8Array[] {
    checkSize(size2, this.size);
    return consistencyRanges(size1, size2).map((range) => this.#rangeHash(range));
  }

  /** The `width` hashes from `first` on that stand `level` levels above the leaves, as one array of 32-byte items. */
  subtreeHashes(level: number, first: number, width: number): Uint8Array {
    const column = this.#levels[level];
    if (column === undefined || first + width > column.length) {
      throw new RecordError(
        "malformed-tile",
        `expected ${width} complete subtrees at level ${level}, got fewer`,
      );
    }
    return column.slice(first, first + width);
  }

  #rangeHash(range: LeafRange): Uint8Array {
    return foldSubtrees(
      perfectSubtrees(range).map(({ height, index }) => there(this.#levels[height]).at(index)),
    );
  }
}

/** A growing array of 32-byte hashes. */
class HashColumn {
  #bytes = new Uint8Array(HASH_BYTES * 16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(hash: Uint8Array): void {
    const at = this.#length * HASH_BYTES;
    if (at === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(hash, at);
    this.#length++;
  }

  at(index: number): Uint8Array {
    return this.slice(index, index + 1);
  }

  slice(first: number, end: number): Uint8Array {
    return this.#bytes.slice(first * HASH_BYTES, end * HASH_BYTES);
  }
}
