import { type SigningKey, sign } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { type Checkpoint, formatCheckpoint } from "../formats/checkpoint.ts";
import { utf8 } from "../formats/encoding.ts";
import { signNoteText } from "../formats/note.ts";
import { formatSignatureLine } from "../formats/signature-line.ts";
import type { NoteVerifier } from "../formats/verifier.ts";

/** Who signs for a log: one key, or several holders together. */
export interface CheckpointSigner {
  /** The key that verifies its signatures; its name is the log's origin. */
  readonly verifier: NoteVerifier;
  /**
   * The Ed25519 signature of a message, 64 bytes.
   *
   * @param proofFrom for a checkpoint: the proof that it continues an earlier size, for holders who ask for it
   */
  sign(
    message: Uint8Array,
    proofFrom?: (size: number) => Promise<Uint8Array[]>,
  ): Promise<Uint8Array>;
}

/** A signer with the key at hand. */
export function keySigner(verifier: NoteVerifier, key: SigningKey): CheckpointSigner {
  return { verifier, sign: async (message) => sign(key, message) };
}

/** The note of a checkpoint with the log's signature, whoever holds its key. */
export async function signedNote(
  text: string,
  signer: CheckpointSigner,
  proofFrom: (size: number) => Promise<Uint8Array[]>,
): Promise<Uint8Array> {
  const signature = await signer.sign(utf8(text), proofFrom);
  const line = formatSignatureLine(signer.verifier, signature);
  return utf8(`${text}\n${line}`);
}

/** A checkpoint signed by the log, as a note. The origin must be the name of the log's key. */
export function signCheckpoint(
  checkpoint: Checkpoint,
  verifier: NoteVerifier,
  key: SigningKey,
): Uint8Array {
  if (checkpoint.origin !== verifier.name) {
    throw new RecordError(
      "malformed-checkpoint",
      `expected origin ${verifier.name}, got ${checkpoint.origin}`,
    );
  }
  const text = formatCheckpoint(checkpoint);
  return utf8(`${text}\n${signNoteText(text, verifier, key)}`);
}
