import { sha256, utf8 } from "@standstill/record";

/** Seeded randomness in whole numbers, the same on every machine. */
export interface Random {
  /** A whole number from 0 to `bound - 1`, each as likely. */
  below(bound: number): number;
}

/**
 * Randomness from a text seed: xoshiro128** (Blackman and Vigna, 2021) started from the SHA-256 of the seed.
 *
 * @example randomFrom("verdict 12").below(6)
 */
export function randomFrom(seed: string): Random {
  const state = new Uint32Array(4);
  const digest = new DataView(sha256(utf8(seed)).slice().buffer);
  for (let i = 0; i < 4; i++) state[i] = digest.getUint32(4 * i);
  const next = (): number => {
    const [a, b, c, d] = state as unknown as [number, number, number, number];
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    const c2 = c ^ a;
    const d2 = d ^ b;
    state[1] = b ^ c2;
    state[0] = a ^ d2;
    state[2] = c2 ^ shifted;
    state[3] = rotateLeft(d2, 11);
    return result;
  };
  return {
    below(bound) {
      // Values beyond the last whole multiple of the bound are drawn again, so that none is likelier.
      const limit = 0x1_0000_0000 - (0x1_0000_0000 % bound);
      for (;;) {
        const value = next();
        if (value < limit) return value % bound;
      }
    },
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
