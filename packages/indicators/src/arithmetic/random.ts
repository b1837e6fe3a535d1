/**
 * Randomness from a seed, the same on every machine: xoshiro128** (Blackman and Vigna 2021), its state filled by splitmix32. For
 * resampling; nothing secret is made with it.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    let state = seed >>> 0;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return (mixed ^ (mixed >>> 15)) >>> 0;
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next();
  }

  /** A whole number of 32 bits. */
  word(): number {
    const scaled = Math.imul(this.#b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** From 0 up to 1, without 1. */
  share(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** A whole number below the bound; for bounds far below 2^32, where the lean of the last multiple does not matter. */
  below(bound: number): number {
    return Math.floor(this.share() * bound);
  }

  /** From the standard normal distribution, as the sum of twelve shares less six would be, but with its tails: Marsaglia's polar method. */
  normal(logarithm: (value: number) => number): number {
    for (;;) {
      const [u, v] = [2 * this.share() - 1, 2 * this.share() - 1];
      const square = u * u + v * v;
      if (square > 0 && square < 1) return u * Math.sqrt((-2 * logarithm(square)) / square);
    }
  }
}
