import { sha256 } from "#primitives";
import { RecordError } from "../error.ts";
import { concatBytes, equalBytes } from "../formats/encoding.ts";

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);
const HASH_BYTES = 32;
/** Where an entry of usual length is laid after the prefix of a leaf. */
const leaf = new Uint8Array(4096);
/** Where two hashes are laid side by side after the prefix of a node. */
const pair = new Uint8Array(1 + 2 * HASH_BYTES).fill(1, 0, 1);

/** Hash of an entry as a leaf: SHA-256(0x00, entry) (RFC 6962, section 2.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  if (entry.length >= leaf.length) return sha256(concatBytes(LEAF_PREFIX, entry));
  leaf.set(entry, 1);
  return sha256(leaf.subarray(0, entry.length + 1));
}

/** Hash of two subtrees: SHA-256(0x01, left, right) (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE_PREFIX, left, right));
}

/** Hash of a range of leaves from the hashes of its perfect subtrees, left to right (RFC 6962, section 2.1). */
export function foldSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/**
 * Root over `count` hashes that lie one after the other, 32 bytes each (RFC 6962, section 2.1): level by level, an odd
 * last one moves up as it is.
 */
export function rootOfHashes(hashes: Uint8Array, count: number): Uint8Array {
  if (count === 0) return emptyRoot();
  const level = hashes.slice(0, count * HASH_BYTES);
  for (let width = count; width > 1; width = Math.ceil(width / 2)) hashPairs(level, width);
  return level.slice(0, HASH_BYTES);
}

/** One level up, in place: the hash of each of `width` hashes with its right neighbour, where it has one. */
export function hashPairs(level: Uint8Array, width: number): void {
  for (let i = 0; i + 1 < width; i += 2) {
    pair.set(level.subarray(i * HASH_BYTES, (i + 2) * HASH_BYTES), 1);
    level.set(sha256(pair), (i / 2) * HASH_BYTES);
  }
  if (width % 2 === 1) {
    level.copyWithin(((width - 1) / 2) * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
  }
}

/** Root of the empty tree: SHA-256 of nothing. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Refuses (`proof-invalid`) unless `proof` shows that `leaf` is entry `index` of the tree of `size` entries with this
 * `root` (RFC 9162, section 2.1.3.2). The proof runs from the leaf's sibling up.
 */
export function checkInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  if (!equalBytes(rootOfInclusion(leaf, index, size, proof), root)) {
    throw notIncluded(index, size);
  }
}

/** The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2); refuses one of the wrong length. */
export function rootOfInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    throw new RecordError(
      "malformed-proof",
      `expected an index below the size ${size}, got ${index}`,
    );
  }
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) throw tooLong(proof.length);
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) throw notIncluded(index, size);
  return hash;
}

/**
 * Refuses (`proof-invalid`) unless `proof` shows that the tree (`size1`, `root1`) is a prefix of the tree (`size2`,
 * `root2`) (RFC 9162, section 2.1.4.2).
 */
export function checkConsistency(
  size1: number,
  root1: Uint8Array,
  size2: number,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): void {
  if (!Number.isSafeInteger(size1) || !Number.isSafeInteger(size2) || size1 < 0 || size1 > size2) {
    throw new RecordError(
      "malformed-proof",
      `expected a tree that grew, got sizes ${size1} and ${size2}`,
    );
  }
  const invalid = () =>
    new RecordError(
      "proof-invalid",
      `expected a proof that the tree of ${size1} grew into that of ${size2}, got none`,
    );
  if (size1 === size2 || size1 === 0) {
    if (proof.length !== 0) throw tooLong(proof.length);
    if (!equalBytes(root1, size1 === size2 ? root2 : emptyRoot())) throw invalid();
    return;
  }
  const path = isPowerOfTwo(size1) ? [root1, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) throw invalid();
  let node = size1 - 1;
  let last = size2 - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  let old = first;
  let whole = first;
  for (const sibling of path) {
    if (last === 0) throw tooLong(proof.length);
    if (node % 2 === 1 || node === last) {
      old = nodeHash(sibling, old);
      whole = nodeHash(sibling, whole);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = half(last);
      }
    } else {
      whole = nodeHash(whole, sibling);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0 || !equalBytes(old, root1) || !equalBytes(whole, root2)) throw invalid();
}

function notIncluded(index: number, size: number): RecordError {
  return new RecordError(
    "proof-invalid",
    `expected a proof that entry ${index} is in the tree of ${size}, got none`,
  );
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

function tooLong(length: number): RecordError {
  return new RecordError("proof-invalid", `expected a shorter proof, got ${length} hashes`);
}
