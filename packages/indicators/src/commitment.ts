import { MerkleTree, sha256, toHex, utf8 } from "@standstill/record";
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
  const number = utf8(`:${index}:`);
  const both = new Uint8Array(seed.length + number.length);
  both.set(seed);
  both.set(number, seed.length);
  return utf8(`${toHex(sha256(both))} ${row}`);
}

/**
 * Commits to rows without showing them (Merkle tree of RFC 6962).
 *
 * @param seed at least 16 secret bytes, kept by the measurer
 * @throws IndicatorError `out-of-range` for a shorter seed
 */
export function commitRows(rows: readonly string[], seed: Uint8Array): RowCommitment {
  if (seed.length < 16)
    throw new IndicatorError(
      "out-of-range",
      `expected a seed of at least 16 bytes, got ${seed.length}`,
    );
  const tree = new MerkleTree();
  for (const [i, row] of rows.entries()) tree.append(saltedRow(row, i, seed));
  return { rows: rows.length, root: toHex(tree.root()) };
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
