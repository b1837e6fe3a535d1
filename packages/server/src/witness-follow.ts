import {
  CHECKPOINT_PATH,
  type Checkpoint,
  cosignerOf,
  httpSource,
  type NoteVerifier,
  openLog,
  RecordError,
} from "@standstill/record";
import type { Witness } from "@standstill/record/files";

/**
 * Lets a witness cosign the newest checkpoint of a record unasked: its growth is proved from the record's own tiles.
 *
 * @param url address of the record
 * @returns the checkpoint that it cosigned
 * @throws RecordError where the record does not answer, is of none of the logs, or did not grow consistently
 */
export async function cosignFollowed(
  witness: Witness,
  logs: readonly NoteVerifier[],
  url: string,
): Promise<Checkpoint> {
  const source = httpSource(url);
  const note = await source.read(CHECKPOINT_PATH);
  if (note === undefined)
    throw new RecordError("store-missing", `expected a checkpoint at ${url}, got none`);
  const { tree, checkpoint } = await openLog(source, logs, note);
  const cosigner = cosignerOf(witness.verifier, (request) => witness.addCheckpoint(request));
  await cosigner.cosign(note, (from) => tree.consistencyProof(from));
  return checkpoint;
}
