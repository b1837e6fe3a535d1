import { RecordError } from "../error.ts";

/** A subtree whose leaves are `2^height`, from `index * 2^height` on: one hash, the same in every later tree. */
export interface PerfectSubtree {
  readonly height: number;
  readonly index: number;
}

/** Leaves from `start` up to before `end`. */
export type LeafRange = readonly [start: number, end: number];

/**
 * The ranges whose hashes make the inclusion proof of entry `index` in the tree of `size`, the leaf's sibling first
 * (RFC 6962, section 2.1.1).
 *
 * @example inclusionRanges(2, 3) // [[0, 2]]
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new RecordError(
      "malformed-proof",
      `expected an index below the size ${size}, got ${index}`,
    );
  }
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      ranges.push([middle, end]);
      end = middle;
    } else {
      ranges.push([start, middle]);
      start = middle;
    }
  }
  return ranges.reverse();
}

/**
 * The ranges whose hashes prove that the tree of `size1` is a prefix of that of `size2` (RFC 6962, section 2.1.2);
 * none where either tree is empty or both are the same.
 */
export function consistencyRanges(size1: number, size2: number): LeafRange[] {
  if (!Number.isSafeInteger(size1) || size1 < 0 || size1 > size2) {
    throw new RecordError("malformed-proof", `expected a size of at most ${size2}, got ${size1}`);
  }
  if (size1 === 0 || size1 === size2) return [];
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size2];
  let isKnown = true;
  while (size1 !== end) {
    const middle = start + largestPowerBelow(end - start);
    if (size1 <= middle) {
      ranges.push([middle, end]);
      end = middle;
    } else {
      ranges.push([start, middle]);
      start = middle;
      isKnown = false;
    }
  }
  if (!isKnown) ranges.push([start, end]);
  return ranges.reverse();
}

/** The perfect subtrees that a range of a tree consists of, left to right, each lower than the one before. */
export function perfectSubtrees([start, end]: LeafRange): PerfectSubtree[] {
  const found: PerfectSubtree[] = [];
  for (let at = start; at < end; ) {
    let [height, width] = [0, 1];
    while (width * 2 <= end - at) {
      height++;
      width *= 2;
    }
    found.push({ height, index: at / width });
    at += width;
  }
  return found;
}

/** Refuses a size that is no whole number from 0 up to `most`. */
export function checkSize(size: number, most: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > most) {
    throw new RecordError("malformed-proof", `expected a size of at most ${most}, got ${size}`);
  }
}

/** The largest power of two below `width`; 1 for widths of 1 and 2. */
function largestPowerBelow(width: number): number {
  let power = 1;
  while (power * 2 < width) power *= 2;
  return power;
}
