import { type SigningKey, sign } from "./ed25519.ts";
import { RecordError } from "./error.ts";
import { type Checkpoint, parseCheckpoint } from "./formats/checkpoint.ts";
import { concatBytes } from "./formats/encoding.ts";
import {
  COSIGNATURE_TYPE,
  cosignedMessage,
  formatSignatureLine,
  type NoteVerifier,
  noteVerifier,
  openNote,
} from "./formats/note.ts";
import { checkConsistency, emptyRoot } from "./tree/proof.ts";

/** What a witness remembers of a log: the largest tree it has cosigned. */
export interface WitnessState {
  readonly size: number;
  readonly root: Uint8Array;
}

/** What a witness knows before it has seen a log. */
export function unseenLog(): WitnessState {
  return { size: 0, root: emptyRoot() };
}

/**
 * Checks that a checkpoint extends what the witness cosigned before (c2sp.org/tlog-witness, `add-checkpoint`) and
 * returns the state to persist. The caller persists it durably before it asks for the cosignature.
 */
export function acceptCheckpoint(
  state: WitnessState,
  log: NoteVerifier,
  note: Uint8Array,
  proof: readonly Uint8Array[],
): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, [log]).text);
  if (checkpoint.origin !== log.name) {
    throw new RecordError(
      "witness-refused",
      `expected origin ${log.name}, got ${checkpoint.origin}`,
    );
  }
  if (checkpoint.size < state.size) {
    throw new RecordError(
      "witness-refused",
      `expected a tree of at least ${state.size}, got ${checkpoint.size}`,
    );
  }
  checkConsistency(state.size, state.root, checkpoint.size, checkpoint.root, proof);
  return checkpoint;
}

/** The cosignature line (cosignature/v1) on a checkpoint's text at a time in POSIX seconds. */
export function cosign(
  text: string,
  name: string,
  key: SigningKey,
  timestampSeconds: number,
): string {
  const verifier = noteVerifier(name, key.publicKey, COSIGNATURE_TYPE);
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(timestampSeconds));
  const signature = sign(key, cosignedMessage(text, BigInt(timestampSeconds)));
  return formatSignatureLine(verifier, concatBytes(time, signature));
}
