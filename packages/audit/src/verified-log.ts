import { agreementPropose, type Terms } from "@standstill/agreement";
import {
  atPlace,
  CHECKPOINT_PATH,
  decodeBundle,
  decodeEntry,
  type Log,
  type NoteVerifier,
  openLog,
  type Policy,
  parseCheckpoint,
  parseNote,
  RecordError,
  type RecordSource,
  tilePath,
} from "@standstill/record";
import { AuditFault } from "./fault.ts";
import { checkGrowth, checkSignatures, verifiersOf } from "./signatures.ts";

/**
 * Opens a record whose checkpoint is signed by its log and enough of its witnesses, and that has grown from a checkpoint
 * seen before. What is read from it is checked as it is read.
 */
export async function openVerifiedLog(
  source: RecordSource,
  policy: Policy | undefined,
  since: Uint8Array | undefined,
): Promise<Log> {
  const { terms, verifiers } = await readTerms(source, policy);
  const log = await openLog(source, verifiers);
  checkSignatures(log, terms, policy);
  if (since !== undefined) await checkGrowth(log, since, verifiers);
  return log;
}

/** The terms stand in entry 0; nothing about them is trusted until the tree has been compared with the signature. */
async function readTerms(
  source: RecordSource,
  policy: Policy | undefined,
): Promise<{ readonly terms: Terms; readonly verifiers: NoteVerifier[] }> {
  const note = await needed(source, CHECKPOINT_PATH);
  const size = atPlace(CHECKPOINT_PATH, () => parseCheckpoint(parseNote(note).text).size);
  if (size === 0) {
    throw new AuditFault(
      "forked-or-truncated",
      CHECKPOINT_PATH,
      "expected at least one entry, got none",
    );
  }
  const width = Math.min(size, 256);
  const partial = tilePath({ level: "entries", index: 0, width });
  const full = tilePath({ level: "entries", index: 0, width: 256 });
  const partialBytes = await source.read(partial);
  const bytes = partialBytes ?? (await needed(source, full, partial));
  return atPlace(partial, () => {
    const entries = decodeBundle(bytes, partialBytes === undefined ? 256 : width);
    const body = agreementPropose.body.safeParse(
      decodeEntry(entries[0] as Uint8Array).statement.body,
    );
    if (body.success) {
      const { terms } = body.data;
      return { terms, verifiers: verifiersOf(terms, policy) };
    }
    throw new RecordError(
      "malformed-statement",
      "entry 0: expected the terms of an agreement, got none",
    );
  });
}

async function needed(source: RecordSource, path: string, asked = path): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (bytes !== undefined) return bytes;
  throw new RecordError("store-missing", `expected the file ${asked}, got none`, { place: asked });
}
