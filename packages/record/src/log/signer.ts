import type { SigningKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { type Checkpoint, formatCheckpoint } from "../formats/checkpoint.ts";
import { utf8 } from "../formats/encoding.ts";
import { signNoteText } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";

/** Who signs a log's checkpoints: one key, or several holders together. */
export interface CheckpointSigner {
  /** The key that verifies them; its name is the log's origin. */
  readonly verifier: NoteVerifier;
  /** The signature line on a checkpoint's text, newline included. */
  sign(text: string): Promise<string>;
}

/** A signer with the key at hand. */
export function keySigner(verifier: NoteVerifier, key: SigningKey): CheckpointSigner {
  return { verifier, sign: async (text) => signNoteText(text, verifier, key) };
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
