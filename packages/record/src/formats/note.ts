import { type SigningKey, sign, verify } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { there } from "../there.ts";
import { verifyCosignature } from "./cosignature.ts";
import { equalBytes, textOf, utf8 } from "./encoding.ts";
import { formatSignatureLine, type NoteSignature, parseSignatureLine } from "./signature-line.ts";
import { ED25519_TYPE, type NoteVerifier } from "./verifier.ts";

const MAX_NOTE_BYTES = 1 << 20;
const MAX_SIGNATURES = 100;

/** A parsed note; nothing about it has been verified. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
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
    const verifier = there(known[0]);
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

function verifyNoteSignature(verifier: NoteVerifier, text: string, signature: Uint8Array): boolean {
  return verifier.type === ED25519_TYPE
    ? verify(verifier.publicKey, utf8(text), signature)
    : verifyCosignature(verifier, text, signature);
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
