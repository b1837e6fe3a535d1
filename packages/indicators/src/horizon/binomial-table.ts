import type { SeededRandom } from "../arithmetic/random.ts";

/** Draws how many of n runs succeed when each is drawn from n of which some did: binomial, by a table of its distribution. */
export class BinomialTable {
  readonly #tables = new Map<number, Float64Array>();

  /** A number from 0 to `runs`, binomial with the share `successes / runs`. */
  draw(runs: number, successes: number, random: SeededRandom): number {
    if (successes === 0 || successes === runs) return successes;
    const key = runs * 0x100_0000 + successes;
    let table = this.#tables.get(key);
    if (table === undefined) {
      table = tableOf(runs, successes / runs);
      this.#tables.set(key, table);
    }
    const share = random.share();
    let [low, high] = [0, runs];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((table[middle] as number) > share) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Probability of at most k successes, for each k: from the likeliest outwards, so that nothing underflows where it matters. */
function tableOf(runs: number, share: number): Float64Array {
  const table = new Float64Array(runs + 1);
  const mode = Math.floor((runs + 1) * share);
  const odds = share / (1 - share);
  table[mode] = 1;
  for (let k = mode; k > 0; k--) table[k - 1] = ((table[k] as number) * k) / (runs - k + 1) / odds;
  for (let k = mode; k < runs; k++)
    table[k + 1] = (((table[k] as number) * (runs - k)) / (k + 1)) * odds;
  let sum = 0;
  for (let k = 0; k <= runs; k++) {
    sum += table[k] as number;
    table[k] = sum;
  }
  for (let k = 0; k <= runs; k++) table[k] = (table[k] as number) / sum;
  table[runs] = 1;
  return table;
}
