import {
  checkInclusion,
  concatBytes,
  fromHex,
  leafHash,
  MerkleTree,
  sha256,
  textOf,
  toHex,
  utf8,
} from "@standstill/record";
import { IndicatorError } from "./error.ts";

/** What a measurer publishes of private rows: their number and the root of a tree over them, each with a salt of its own. */
export interface RowCommitment {
  readonly rows: number;
  readonly root: string;
}

/**
 * A row with its salt, as it is hashed and later opened: without the salt's seed nobody can guess rows from the root. The salt of
 * row i is SHA-256 of the seed and i.
 */
export function saltedRow(row: string, index: number, seed: Uint8Array): Uint8Array {
  const salt = sha256(concatBytes(seed, utf8(`:${index}:`)));
  return utf8(`${toHex(salt)} ${row}`);
}

/**
 * Commits to rows without showing them (Merkle tree of RFC 6962).
 *
 * @param seed at least 16 secret bytes, kept by the measurer
 * @throws IndicatorError `out-of-range` for a shorter seed
 */
export function commitRows(rows: readonly string[], seed: Uint8Array): RowCommitment {
  return { rows: rows.length, root: toHex(treeOf(rows, seed).root()) };
}

function treeOf(rows: readonly string[], seed: Uint8Array): MerkleTree {
  if (seed.length < 16)
    throw new IndicatorError(
      "out-of-range",
      `expected a seed of at least 16 bytes, got ${seed.length}`,
    );
  const tree = new MerkleTree();
  for (const [i, row] of rows.entries()) tree.append(saltedRow(row, i, seed));
  return tree;
}

/** A row that its measurer shows: with its salt, and the hashes that lead from it to the root. */
export interface OpenedRow {
  readonly index: number;
  readonly salted: string;
  /** Inclusion proof of RFC 6962, in hexadecimal. */
  readonly proof: readonly string[];
}

/** Opens rows for an audit. @throws IndicatorError `out-of-range` for a row that is not there */
export function openRows(
  rows: readonly string[],
  seed: Uint8Array,
  indices: readonly number[],
): OpenedRow[] {
  const tree = treeOf(rows, seed);
  return indices.map((index) => {
    const row = rows[index];
    if (row === undefined)
      throw new IndicatorError(
        "out-of-range",
        `expected a row from 0 to ${rows.length - 1}, got ${index}`,
      );
    const proof = tree.inclusionProof(index, rows.length).map(toHex);
    return { index, salted: textOf(saltedRow(row, index, seed)), proof };
  });
}

/**
 * Checks that a row was committed to, at its place.
 *
 * @returns the row without its salt
 * @throws RecordError where the proof does not lead to the root; IndicatorError where something is no hexadecimal
 */
export function checkOpened(
  { index, salted, proof }: OpenedRow,
  { rows, root }: RowCommitment,
): string {
  const match = /^[0-9a-f]{64} ([\s\S]*)$/.exec(salted);
  if (match === null || ![root, ...proof].every((hash) => /^[0-9a-f]{64}$/.test(hash)))
    throw new IndicatorError(
      "malformed-data",
      "expected a salt and hashes of 64 hexadecimal digits, got something else",
    );
  checkInclusion(leafHash(utf8(salted)), index, rows, proof.map(fromHex), fromHex(root));
  const [, row = ""] = match;
  return row;
}

/**
 * Rows that an audit opens, drawn by randomness that nobody chose: as SHA-256 of root, randomness and a counter says, each row at
 * most once. Ascending.
 *
 * @param randomness what the record's draw or a beacon gave, after the commitment was published
 */
export function auditSample(
  { rows, root }: RowCommitment,
  size: number,
  randomness: string,
): number[] {
  const chosen = new Set<number>();
  const wanted = Math.min(size, rows);
  for (let counter = 0; chosen.size < wanted; counter++) {
    const view = new DataView(sha256(utf8(`${root} ${randomness} ${counter}`)).slice().buffer);
    // 48 bits: the lean of the last multiple is below 2^-16 for any number of rows that fits.
    const value = view.getUint16(0) * 0x1_0000_0000 + view.getUint32(2);
    chosen.add(value % rows);
  }
  return [...chosen].sort((a, b) => a - b);
}
