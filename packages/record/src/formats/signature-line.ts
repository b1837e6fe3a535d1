import { RecordError } from "../error.ts";
import { concatBytes, fromBase64, quote, toBase64 } from "./encoding.ts";
import type { NoteVerifier } from "./verifier.ts";

/** One signature line: the key's name, its 4-byte id and the signature bytes. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** One signature line, newline included (c2sp.org/signed-note, "Format"). */
export function formatSignatureLine(verifier: NoteVerifier, signature: Uint8Array): string {
  return `— ${verifier.name} ${toBase64(concatBytes(verifier.keyId, signature))}\n`;
}

/** Parses a signature line without its newline. */
export function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^\s+]+) (\S+)$/u.exec(line);
  if (match === null) {
    throw new RecordError(
      "malformed-note",
      `expected a signature line "— name base64", got ${quote(line)}`,
    );
  }
  const [, name = "", encoded = ""] = match;
  const bytes = fromBase64(encoded);
  if (bytes.length < 5)
    throw new RecordError("malformed-note", "expected a key id and a signature, got less");
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}
