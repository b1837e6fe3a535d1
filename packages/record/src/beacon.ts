import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "#primitives";
import { fromHex, toHex } from "./formats/encoding.ts";

/**
 * drand's quicknet: every three seconds a public value that nobody could know before, signed by a group of organisations
 * together (drand.love, scheme bls-unchained-g1-rfc9380). Whoever holds a round's signature was not there before it.
 */
export const QUICKNET = {
  chain: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  /** When round 1 appeared, in seconds since 1970. */
  genesisSeconds: 1_692_803_367,
  periodSeconds: 3,
} as const;

const DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/**
 * When a round appears, in milliseconds since 1970.
 *
 * @example new Date(beaconTime(657413)).toISOString() // "2023-09-15T11:00:03.000Z"
 */
export function beaconTime(round: number): number {
  return (QUICKNET.genesisSeconds + QUICKNET.periodSeconds * (round - 1)) * 1000;
}

/** The newest round that has appeared at an instant; 0 before the first. */
export function beaconRoundAt(instant: number): number {
  const seconds = Math.floor(instant / 1000) - QUICKNET.genesisSeconds;
  return seconds < 0 ? 0 : Math.floor(seconds / QUICKNET.periodSeconds) + 1;
}

/** Whether `signature`, 48 bytes in hexadecimal, is quicknet's of this round. Needs no network. */
export function verifyBeacon(round: number, signature: string): boolean {
  if (!Number.isSafeInteger(round) || round < 1 || !/^[0-9a-f]{96}$/.test(signature)) return false;
  const { shortSignatures, G1, G2 } = bls12_381;
  try {
    const message = shortSignatures.hash(sha256(bigEndian(round)), DOMAIN);
    const point = G1.Point.fromHex(signature);
    return shortSignatures.verify(point, message, G2.Point.fromHex(QUICKNET.publicKey));
  } catch {
    // The library throws for bytes that are no point of the group: that is no signature.
    return false;
  }
}

/** A round's public randomness: the SHA-256 of its signature, in hexadecimal. */
export function beaconRandomness(signature: string): string {
  return toHex(sha256(fromHex(signature)));
}

function bigEndian(round: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return bytes;
}
