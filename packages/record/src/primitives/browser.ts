import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 as nobleSha256, sha512 } from "@noble/hashes/sha2.js";
import { there } from "../there.ts";

/** SHA-256 of `data`, 32 bytes (FIPS 180-4). */
export function sha256(data: Uint8Array): Uint8Array {
  return nobleSha256(data);
}

/**
 * Cofactorless Ed25519 verification (RFC 8032, section 5.1.7), written out because the library's own verification
 * multiplies by the cofactor and would accept signatures that Node refuses.
 */
export function verifyUnchecked(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const encodedR = signature.subarray(0, 32);
    const s = littleEndian(signature.subarray(32, 64));
    const point = ed25519.Point.fromBytes(publicKey);
    const input = new Uint8Array(64 + message.length);
    input.set(encodedR);
    input.set(publicKey, 32);
    input.set(message, 64);
    const k = littleEndian(sha512(input)) % ed25519.Point.Fn.ORDER;
    const left = ed25519.Point.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(k)).toBytes();
    return left.every((byte, index) => byte === encodedR[index]);
  } catch {
    // The library throws for bytes that are no curve point; to a verifier that is a signature that does not verify.
    return false;
  }
}

/** The same for many; a page has no other thread for it than the worker that it runs in already. */
export async function verifyUncheckedAside(
  checks: readonly {
    readonly publicKey: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
  }[],
): Promise<boolean[]> {
  return checks.map(({ publicKey, message, signature }) =>
    verifyUnchecked(publicKey, message, signature),
  );
}

/** Ed25519 signature, 64 bytes, of `message` by the key with this 32-byte seed. */
export function signWithSeed(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

/** The 32-byte public key of a 32-byte seed. */
export function publicKeyOfSeed(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(there(bytes[i]));
  return value;
}

/** Padded standard base64 (RFC 4648, section 4). */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i++) binary += String.fromCharCode(there(bytes[i]));
  return btoa(binary);
}

/** Bytes of base64 in any spelling; nothing for what is no base64. The caller compares what comes back. */
export function decodeBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    // What is no base64 at all differs from whatever comes back.
    return new Uint8Array(0);
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal, as one flat string. */
export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => HEX[byte]).join("");
}

/** Bytes of lower-case hexadecimal; the caller has checked the text. */
export function decodeHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
