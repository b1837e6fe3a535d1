/**
 * A quick hash of whole numbers (FNV-1a of Fowler, Noll and Vo, a word at a time), to find what may be equal. What shares it is compared
 * value by value: it says nothing by itself, and nothing of it is sealed.
 *
 * @example hashWith(hashWith(FIRST_HASH, 4), 7)
 */
export function hashWith(hash: number, word: number): number {
  return Math.imul(hash ^ word, 0x01000193);
}

/** What a hash begins with. */
export const FIRST_HASH = 0x811c9dc5;
