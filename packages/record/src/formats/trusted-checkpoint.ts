import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { openNote } from "./note.ts";
import { type Policy, quorumMet } from "./policy.ts";
import type { NoteVerifier } from "./verifier.ts";

/**
 * Opens a checkpoint that a log of the policy signed for itself, with the policy's quorum. Refuses (`signature-*`,
 * `quorum-missing`) any other.
 *
 * @returns the checkpoint and the key of the log that signed it
 */
export function openTrusted(
  note: Uint8Array,
  policy: Policy,
): { readonly checkpoint: Checkpoint; readonly log: NoteVerifier } {
  const opened = openNote(note, [...policy.logs, ...policy.witnesses.values()]);
  const checkpoint = parseCheckpoint(opened.text);
  const log = opened.verified.find(
    (key) => policy.logs.includes(key) && key.name === checkpoint.origin,
  );
  if (log === undefined) {
    const message = `expected a signature by a log of the policy for ${checkpoint.origin}, got none`;
    throw new RecordError("signature-missing", message);
  }
  if (!quorumMet(policy, opened.verified)) {
    const message = `expected the policy's quorum "${policy.quorum}" of witnesses, got less`;
    throw new RecordError("quorum-missing", message);
  }
  return { checkpoint, log };
}
