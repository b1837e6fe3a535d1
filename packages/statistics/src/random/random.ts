import { sha256, utf8 } from "@standstill/record";
import { naturalLogarithm } from "../elementary/logarithm.ts";
import { Xoshiro128 } from "./xoshiro.ts";

const WORDS = 0x1_0000_0000;

/** Randomness from a seed, the same on every machine: the one source of it in whatever is judged, published or played. */
export interface Random {
  /** A whole number from 0 to `bound - 1`, each as likely. @throws RangeError for a bound that is no whole number from 1 to 2^32 */
  below(bound: number): number;
  /** A number from 0 up to 1, without 1, in steps of 2^-32. */
  share(): number;
  /** A number of the standard normal distribution (Marsaglia's polar method, 1964). */
  normal(): number;
}

/**
 * Randomness from a seed: xoshiro128**, started from the SHA-256 of the seed's text. A number is the seed that its decimal text is.
 *
 * @example randomFrom("verdict 12").below(6)
 */
export function randomFrom(seed: string | number): Random {
  const digest = sha256(utf8(`${seed}`));
  const view = new DataView(digest.buffer, digest.byteOffset);
  return randomOf(
    new Xoshiro128(view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)),
  );
}

function randomOf(words: Xoshiro128): Random {
  const share = () => words.next() / WORDS;
  return {
    share,
    below(bound) {
      if (!(Number.isInteger(bound) && bound >= 1 && bound <= WORDS))
        throw new RangeError(`expected a whole number from 1 to 2^32 as bound, got ${bound}`);
      // Values beyond the last whole multiple of the bound are drawn again, so that none is likelier.
      const limit = WORDS - (WORDS % bound);
      for (;;) {
        const value = words.next();
        if (value < limit) return value % bound;
      }
    },
    normal() {
      for (;;) {
        const [u, v] = [2 * share() - 1, 2 * share() - 1];
        const square = u * u + v * v;
        if (square > 0 && square < 1)
          return u * Math.sqrt((-2 * naturalLogarithm(square)) / square);
      }
    },
  };
}
