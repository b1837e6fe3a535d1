import { sha256 } from "#primitives";
import { checkPublicKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { concatBytes, fromBase64, quote, toBase64, toHex, utf8 } from "./encoding.ts";

/** Plain Ed25519 over the note's text. */
export const ED25519_TYPE = 0x01;
/** Timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature). */
export const COSIGNATURE_TYPE = 0x04;
/** Timestamped ML-DSA-44 cosignature, which a quantum computer does not break (c2sp.org/tlog-cosignature, 1.1). */
export const ML_DSA_TYPE = 0x06;
/** Signature types of c2sp.org/signed-note that this package handles. */
export type NoteKeyType = typeof ED25519_TYPE | typeof COSIGNATURE_TYPE | typeof ML_DSA_TYPE;

/** Length of an ML-DSA-44 public key in bytes (FIPS 204, table 2). */
const ML_DSA_KEY_BYTES = 1312;
/** The longest name that a cosignature can cover, in bytes. */
const MAX_NAME_BYTES = 255;

/** A named key that verifies notes: the parsed form of a vkey. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly type: NoteKeyType;
  /** 32 bytes for Ed25519, 1,312 for ML-DSA-44. */
  readonly publicKey: Uint8Array;
}

/** The 4-byte id of a key: SHA-256(name, newline, type, key) cut (c2sp.org/signed-note, "Format"). */
export function noteKeyId(name: string, type: NoteKeyType, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
}

/** A verifier for a name and a public key. Refuses weak keys, wrong lengths, and names with spaces or "+". */
export function noteVerifier(
  name: string,
  publicKey: Uint8Array,
  type: NoteKeyType = ED25519_TYPE,
): NoteVerifier {
  if (name === "" || /[\s+]/u.test(name) || utf8(name).length > MAX_NAME_BYTES) {
    const message = `expected a key name of 1 to 255 bytes without spaces or "+", got ${quote(name)}`;
    throw new RecordError("malformed-key", message);
  }
  if (type !== ML_DSA_TYPE) checkPublicKey(publicKey);
  else if (publicKey.length !== ML_DSA_KEY_BYTES) {
    const message = `expected an ML-DSA-44 key of ${ML_DSA_KEY_BYTES} bytes, got ${publicKey.length}`;
    throw new RecordError("malformed-key", message);
  }
  return { name, type, publicKey, keyId: noteKeyId(name, type, publicKey) };
}

/** The text form of a verifier: `name+keyid+base64(type, key)`. */
export function formatVerifier(verifier: NoteVerifier): string {
  const key = toBase64(concatBytes(Uint8Array.of(verifier.type), verifier.publicKey));
  return `${verifier.name}+${toHex(verifier.keyId)}+${key}`;
}

/** Parses a vkey. The key id in the text must be the one its name, type and key determine. */
export function parseVerifier(vkey: string): NoteVerifier {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(vkey);
  if (match === null) {
    throw new RecordError(
      "malformed-key",
      `expected a verifier key name+id+base64, got ${quote(vkey)}`,
    );
  }
  const [, name = "", id = "", encoded = ""] = match;
  const bytes = fromBase64(encoded);
  const type = bytes[0];
  if (type !== ED25519_TYPE && type !== COSIGNATURE_TYPE && type !== ML_DSA_TYPE) {
    const got = toHex(bytes.subarray(0, 1));
    throw new RecordError("malformed-key", `expected key type 01, 04 or 06, got ${got}`);
  }
  const verifier = noteVerifier(name, bytes.slice(1), type);
  if (toHex(verifier.keyId) !== id) {
    throw new RecordError("malformed-key", `expected key id ${toHex(verifier.keyId)}, got ${id}`);
  }
  return verifier;
}

/**
 * The key with which a witness cosigns. Verifiers in the field spell an Ed25519 witness key with type 01 or with type 04;
 * both mean the cosigning key, and its key id is that of type 04.
 */
export function cosigningVerifier(verifier: NoteVerifier): NoteVerifier {
  return verifier.type === ED25519_TYPE
    ? noteVerifier(verifier.name, verifier.publicKey, COSIGNATURE_TYPE)
    : verifier;
}

/**
 * A witness key in every spelling that verifiers in the field accept: type 04 or 06 first, and for Ed25519 type 01, which
 * older ones ask for.
 */
export function witnessSpellings(verifier: NoteVerifier): string[] {
  const cosigning = cosigningVerifier(verifier);
  if (cosigning.type === ML_DSA_TYPE) return [formatVerifier(cosigning)];
  const plain = noteVerifier(cosigning.name, cosigning.publicKey, ED25519_TYPE);
  return [cosigning, plain].map(formatVerifier);
}
