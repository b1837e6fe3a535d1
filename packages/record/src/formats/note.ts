import { sha256 } from "#primitives";
import { checkPublicKey, type SigningKey, sign, verify } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import {
  concatBytes,
  equalBytes,
  fromBase64,
  quote,
  textOf,
  toBase64,
  toHex,
  utf8,
} from "./encoding.ts";

/** Signature types of c2sp.org/signed-note that this package handles. */
export type NoteKeyType = typeof ED25519_TYPE | typeof COSIGNATURE_TYPE;
/** Plain Ed25519 over the note's text. */
export const ED25519_TYPE = 0x01;
/** Timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature). */
export const COSIGNATURE_TYPE = 0x04;

const MAX_NOTE_BYTES = 1 << 20;
const MAX_SIGNATURES = 100;
const SIGNATURE_PREFIX = "— ";

/** A named key that verifies notes: the parsed form of a vkey. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly type: NoteKeyType;
  readonly publicKey: Uint8Array;
}

/** One signature line: the key's name, its 4-byte id and the signature bytes. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A parsed note; nothing about it has been verified. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** The 4-byte id of a key: SHA-256(name, newline, type, key) cut (c2sp.org/signed-note, "Format"). */
export function noteKeyId(name: string, type: NoteKeyType, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
}

/** A verifier for a name and a 32-byte key. Refuses weak keys and names with spaces or "+". */
export function noteVerifier(
  name: string,
  publicKey: Uint8Array,
  type: NoteKeyType = ED25519_TYPE,
): NoteVerifier {
  checkName(name, "malformed-key");
  checkPublicKey(publicKey);
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
  const [, name, id, encoded] = match as unknown as [string, string, string, string];
  const bytes = fromBase64(encoded);
  const type = bytes[0];
  if (type !== ED25519_TYPE && type !== COSIGNATURE_TYPE) {
    throw new RecordError(
      "malformed-key",
      `expected key type 01 or 04, got ${toHex(bytes.subarray(0, 1))}`,
    );
  }
  const verifier = noteVerifier(name, bytes.slice(1), type);
  if (toHex(verifier.keyId) !== id) {
    throw new RecordError("malformed-key", `expected key id ${toHex(verifier.keyId)}, got ${id}`);
  }
  return verifier;
}

/** Parses a note without verifying it: text, an empty line, and 1 to 100 signature lines. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > MAX_NOTE_BYTES) {
    throw new RecordError(
      "limit-exceeded",
      `expected a note of at most ${MAX_NOTE_BYTES} bytes, got ${bytes.length}`,
    );
  }
  const whole = textOf(bytes);
  checkNoteText(whole);
  const split = whole.lastIndexOf("\n\n");
  if (split < 0)
    throw new RecordError(
      "malformed-note",
      "expected an empty line before the signatures, got none",
    );
  const text = whole.slice(0, split + 1);
  const block = whole.slice(split + 2);
  if (block === "" || !block.endsWith("\n")) {
    throw new RecordError(
      "malformed-note",
      "expected signature lines that end with a newline, got none",
    );
  }
  const lines = block.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) {
    throw new RecordError(
      "limit-exceeded",
      `expected at most ${MAX_SIGNATURES} signatures, got ${lines.length}`,
    );
  }
  return { text, signatures: lines.map(parseSignatureLine) };
}

/**
 * Parses a note and returns those signatures that known keys made. A known key with a wrong signature refuses the
 * whole note; a note without any valid signature is refused too. Unknown signatures are ignored.
 */
export function openNote(
  bytes: Uint8Array,
  verifiers: readonly NoteVerifier[],
): Note & { readonly verified: readonly NoteVerifier[] } {
  const note = parseNote(bytes);
  const verified = new Set<NoteVerifier>();
  for (const line of note.signatures) {
    const known = verifiers.filter((v) => v.name === line.name && equalBytes(v.keyId, line.keyId));
    if (known.length === 0) continue;
    if (known.length > 1) {
      throw new RecordError(
        "ambiguous-key",
        `expected one key named ${line.name} with that id, got ${known.length}`,
      );
    }
    const verifier = known[0] as NoteVerifier;
    if (!verifyNoteSignature(verifier, note.text, line.signature)) {
      throw new RecordError(
        "signature-invalid",
        `expected a valid signature by ${line.name}, got one that is not`,
      );
    }
    verified.add(verifier);
  }
  if (verified.size === 0) {
    throw new RecordError("signature-missing", "expected a signature by a known key, got none");
  }
  return { ...note, verified: [...verified] };
}

/** The signature line that a plain Ed25519 key adds to a note's text, newline included. */
export function signNoteText(text: string, verifier: NoteVerifier, key: SigningKey): string {
  if (!text.endsWith("\n"))
    throw new RecordError("malformed-note", "expected text that ends with a newline");
  checkNoteText(text);
  return formatSignatureLine(verifier, sign(key, utf8(text)));
}

/** One signature line, newline included. */
export function formatSignatureLine(verifier: NoteVerifier, signature: Uint8Array): string {
  return `${SIGNATURE_PREFIX}${verifier.name} ${toBase64(concatBytes(verifier.keyId, signature))}\n`;
}

/** The bytes a cosignature covers (c2sp.org/tlog-cosignature, "Format"): a header, the time, the note's text. */
export function cosignedMessage(text: string, timestampSeconds: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestampSeconds}\n${text}`);
}

/** The time in POSIX seconds inside a cosignature of 8 + 64 bytes. */
export function cosignatureTime(signature: Uint8Array): bigint {
  if (signature.length !== 72) {
    throw new RecordError(
      "malformed-note",
      `expected a cosignature of 72 bytes, got ${signature.length}`,
    );
  }
  return new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
}

function verifyNoteSignature(verifier: NoteVerifier, text: string, signature: Uint8Array): boolean {
  if (verifier.type === ED25519_TYPE) return verify(verifier.publicKey, utf8(text), signature);
  if (signature.length !== 72) return false;
  const time = cosignatureTime(signature);
  if (time > 0x7fffffffffffffffn) return false;
  return verify(verifier.publicKey, cosignedMessage(text, time), signature.subarray(8));
}

function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^\s+]+) (\S+)$/u.exec(line);
  if (match === null) {
    throw new RecordError(
      "malformed-note",
      `expected a signature line "— name base64", got ${quote(line)}`,
    );
  }
  const [, name, encoded] = match as unknown as [string, string, string];
  const bytes = fromBase64(encoded);
  if (bytes.length < 5)
    throw new RecordError("malformed-note", "expected a key id and a signature, got less");
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

function checkName(name: string, code: "malformed-key"): void {
  if (name === "" || /[\s+]/u.test(name)) {
    throw new RecordError(code, `expected a key name without spaces or "+", got ${quote(name)}`);
  }
}

function checkNoteText(text: string): void {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a) {
      throw new RecordError(
        "malformed-note",
        `expected no control characters, got code ${code} at ${i}`,
      );
    }
  }
}
