import {
  publicKeyOfSeed,
  sha256,
  signWithSeed,
  verifyUnchecked,
  verifyUncheckedAside,
} from "#primitives";
import { RecordError } from "./error.ts";
import { equalBytes, toHex } from "./formats/encoding.ts";
import { there } from "./there.ts";

/** Canonical encodings of the eight points of small order (Chalkias et al., "Taming the many EdDSAs", table 1). */
const SMALL_ORDER = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
].map(bytesOf);

/** The group order L, little-endian (RFC 8032, section 5.1). */
const GROUP_ORDER = bytesOf("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
/** The field prime 2^255 - 19, little-endian. */
const FIELD_PRIME = bytesOf("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

/** A key that signs: its 32-byte seed stays with its holder. */
export interface SigningKey {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** The signing key of a 32-byte seed. */
export function signingKey(seed: Uint8Array): SigningKey {
  if (seed.length !== 32) {
    throw new RecordError("malformed-key", `expected a seed of 32 bytes, got ${seed.length}`);
  }
  return { seed, publicKey: publicKeyOfSeed(seed) };
}

/** A fresh signing key from the platform's secure randomness. */
export function generateSigningKey(): SigningKey {
  return signingKey(globalThis.crypto.getRandomValues(new Uint8Array(32)));
}

/** Ed25519 signature of `message`, 64 bytes (RFC 8032). */
export function sign(key: SigningKey, message: Uint8Array): Uint8Array {
  return new Uint8Array(signWithSeed(key.seed, message));
}

/**
 * Refuses a public key that is not 32 bytes, not the canonical encoding of a field element, or of small order: with
 * such a key one signature can pass for every message.
 */
export function checkPublicKey(publicKey: Uint8Array): void {
  if (publicKey.length !== 32) {
    throw new RecordError(
      "malformed-key",
      `expected a public key of 32 bytes, got ${publicKey.length}`,
    );
  }
  if (!isCanonicalPoint(publicKey)) {
    throw new RecordError(
      "malformed-key",
      "expected a canonically encoded public key, got y of 2^255 - 19 or more",
    );
  }
  if (isSmallOrder(publicKey)) {
    throw new RecordError("weak-key", "expected a key of large order, got a point of small order");
  }
}

/**
 * Whether `signature` is this key's signature of `message`, strictly and alike on Node and in the browser: canonical
 * encodings of key, R and S, no key or R of small order, no cofactor.
 *
 * @example verify(key.publicKey, message, sign(key, message)) // true
 */
export function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  return isWellFormed(publicKey, signature) && verifyUnchecked(publicKey, message, signature);
}

/** One signature to check. */
export interface SignatureCheck {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** The same answers as `verify`, off this thread where the platform can, on all processors. */
export async function verifyAllAside(checks: readonly SignatureCheck[]): Promise<boolean[]> {
  const sound = checks.filter(({ publicKey, signature }) => isWellFormed(publicKey, signature));
  const answers = await verifyUncheckedAside(sound);
  if (sound.length === checks.length) return answers;
  const found = new Map(sound.map((check, i) => [check, answers[i] === true]));
  return checks.map((check) => found.get(check) === true);
}

/** Canonical encodings of key, R and S, no key or R of small order. */
function isWellFormed(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const r = signature.subarray(0, 32);
  const s = signature.subarray(32);
  if (!isCanonicalPoint(publicKey) || !isCanonicalPoint(r) || !isBelow(s, GROUP_ORDER))
    return false;
  return !isSmallOrder(publicKey) && !isSmallOrder(r);
}

/** The name of a public key: the SHA-256 of its 32 bytes, in hexadecimal. */
export function keyIdOf(publicKey: Uint8Array): string {
  const known = keyIds.get(publicKey);
  if (known !== undefined) return known;
  const keyId = toHex(sha256(publicKey));
  keyIds.set(publicKey, keyId);
  return keyId;
}

/** Names of keys that somebody holds, found once. */
const keyIds = new WeakMap<Uint8Array, string>();

function isSmallOrder(encoded: Uint8Array): boolean {
  return SMALL_ORDER.some((point) => equalBytes(point, encoded));
}

/** The top bit is the sign of x; the others are y, below the prime. */
function isCanonicalPoint(encoded: Uint8Array): boolean {
  if ((there(encoded[31]) & 0x7f) !== 0x7f) return true;
  const y = encoded.slice();
  y[31] = 0x7f;
  return isBelow(y, FIELD_PRIME);
}

function isBelow(value: Uint8Array, bound: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const a = there(value[i]);
    const b = there(bound[i]);
    if (a !== b) return a < b;
  }
  return false;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
