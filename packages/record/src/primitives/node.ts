import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hash,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** SHA-256 of `data`, 32 bytes (FIPS 180-4). */
export function sha256(data: Uint8Array): Uint8Array {
  // The one-shot form exists from Node 20.12 on and is twice as fast for tree nodes.
  return typeof hash === "function"
    ? hash("sha256", data, "buffer")
    : createHash("sha256").update(data).digest();
}

const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const cachedKeys = new Map<string, KeyObject>();
const CACHED_KEYS_LIMIT = 4096;

/** Cofactorless Ed25519 verification (RFC 8032, section 5.1.7). The caller has checked the encodings. */
export function verifyUnchecked(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return verify(null, message, importedKey(publicKey), signature);
  } catch {
    // OpenSSL throws for bytes that are no curve point; to a verifier that is a signature that does not verify.
    return false;
  }
}

export { verifyUncheckedAside } from "./node-verify-pool.ts";

/** Ed25519 signature, 64 bytes, of `message` by the key with this 32-byte seed. */
export function signWithSeed(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return sign(null, message, privateKey(seed));
}

/** The 32-byte public key of a 32-byte seed. */
export function publicKeyOfSeed(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKey(seed)).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(SPKI_PREFIX.length));
}

/** Importing a seed costs more than signing; the key lives as long as whoever holds the seed. */
const privateKeys = new WeakMap<Uint8Array, KeyObject>();

function privateKey(seed: Uint8Array): KeyObject {
  const known = privateKeys.get(seed);
  if (known !== undefined) return known;
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: "der",
    type: "pkcs8",
  });
  privateKeys.set(seed, key);
  return key;
}

function importedKey(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString("latin1");
  const known = cachedKeys.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    format: "der",
    type: "spki",
  });
  if (cachedKeys.size >= CACHED_KEYS_LIMIT) cachedKeys.clear();
  cachedKeys.set(name, key);
  return key;
}

/** Padded standard base64 (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** Bytes of base64 in any spelling; what is no base64 is passed over. The caller compares what comes back. */
export function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Lower-case hexadecimal, as one flat string. */
export function encodeHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Bytes of lower-case hexadecimal; the caller has checked the text. */
export function decodeHex(text: string): Uint8Array {
  const bytes = Buffer.from(text, "hex");
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
