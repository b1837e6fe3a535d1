import { doubleAt } from "../at.ts";

/** Tables of binomial distributions, each computed once: how many of n runs succeed when each is drawn from n of which some did. */
export class BinomialTables {
  readonly #tables = new Map<number, Float64Array>();

  /** Probability of at most k successes, for k from 0 to `runs`, with the share `successes / runs`. */
  of(runs: number, successes: number): Float64Array {
    const key = runs * 0x100_0000 + successes;
    const known = this.#tables.get(key);
    if (known !== undefined) return known;
    const table = tableOf(runs, successes / runs);
    this.#tables.set(key, table);
    return table;
  }
}

/** The number whose place in the table a share from 0 to 1 falls on. */
export function drawFrom(table: Float64Array, share: number): number {
  let [low, high] = [0, table.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (doubleAt(table, middle) > share) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Probability of at most k successes, for each k: from the likeliest outwards, so that nothing underflows where it matters. */
function tableOf(runs: number, share: number): Float64Array {
  if (share === 0 || share === 1)
    return Float64Array.from({ length: runs + 1 }, (_, k) => (share === 0 || k === runs ? 1 : 0));
  const table = new Float64Array(runs + 1);
  const mode = Math.floor((runs + 1) * share);
  const odds = share / (1 - share);
  table[mode] = 1;
  for (let k = mode; k > 0; k--) table[k - 1] = (doubleAt(table, k) * k) / (runs - k + 1) / odds;
  for (let k = mode; k < runs; k++)
    table[k + 1] = ((doubleAt(table, k) * (runs - k)) / (k + 1)) * odds;
  let sum = 0;
  for (let k = 0; k <= runs; k++) {
    sum += doubleAt(table, k);
    table[k] = sum;
  }
  for (let k = 0; k <= runs; k++) table[k] = doubleAt(table, k) / sum;
  table[runs] = 1;
  return table;
}
