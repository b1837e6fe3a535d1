import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import {
  equalBytes,
  fromBase64,
  parseDecimal,
  quote,
  textOf,
  toBase64,
  utf8,
} from "../formats/encoding.ts";
import { openNote, parseNote } from "../formats/note.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import { checkConsistency, emptyRoot } from "../tree/proof.ts";

/** Content type of a conflict's answer: the size that the witness has, and a newline. */
export const SIZE_TYPE = "text/x.tlog.size";
/** More hashes than any proof between trees of up to 2^63 entries has. */
const MAX_PROOF = 63;
/** A request's proof and a checkpoint with many signatures. */
const MAX_REQUEST_BYTES = 1 << 16;

/** What a log asks of a witness: to cosign a checkpoint that continues the size it saw last. */
export interface AddCheckpoint {
  readonly old: number;
  readonly proof: readonly Uint8Array[];
  readonly note: Uint8Array;
}

/** What a witness remembers of a log: the largest checkpoint it cosigned, as the log signed it. */
export interface WitnessState {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: Uint8Array | undefined;
}

/** How a witness answers, before it cosigns: the checkpoint to remember and cosign, or why not. */
export type Judgement =
  | { readonly status: 200; readonly checkpoint: Checkpoint }
  | {
      readonly status: 400 | 403 | 404 | 409 | 422;
      readonly message: string;
      /** The checkpoint conflicts with one that the same log signed before: both together convict the log. */
      readonly isFork?: true;
    };

/** What a witness knows before it has seen a log. */
export function unseenLog(): WitnessState {
  return { size: 0, root: emptyRoot(), note: undefined };
}

/** The body of an `add-checkpoint` request (c2sp.org/tlog-witness). */
export function formatAddCheckpoint({ old, proof, note }: AddCheckpoint): Uint8Array {
  const head = [`old ${old}`, ...proof.map(toBase64), "", ""].join("\n");
  const bytes = new Uint8Array(utf8(head).length + note.length);
  bytes.set(utf8(head));
  bytes.set(note, bytes.length - note.length);
  return bytes;
}

/** Parses an `add-checkpoint` request; refuses (`malformed-request`) anything else. */
export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpoint {
  if (bytes.length > MAX_REQUEST_BYTES) {
    const message = `expected a request of at most ${MAX_REQUEST_BYTES} bytes, got ${bytes.length}`;
    throw new RecordError("limit-exceeded", message);
  }
  const text = textOf(bytes);
  const end = text.indexOf("\n\n");
  const [first = "", ...hashes] = text.slice(0, Math.max(end, 0)).split("\n");
  const old = first.startsWith("old ") ? parseDecimal(first.slice(4)) : undefined;
  if (old === undefined || hashes.length > MAX_PROOF) {
    const message = `expected "old <size>", at most 63 hashes, an empty line and a checkpoint, got ${quote(text)}`;
    throw new RecordError("malformed-request", message);
  }
  const proof = hashes.map(fromBase64);
  if (proof.some((hash) => hash.length !== 32)) {
    throw new RecordError("malformed-request", "expected hashes of 32 bytes, got others");
  }
  return { old, proof, note: utf8(text.slice(end + 2)) };
}

/**
 * Judges a request in the order of c2sp.org/tlog-witness, "add-checkpoint". The caller persists a good checkpoint durably
 * before it hands out the cosignature.
 *
 * @param logs keys of the logs that the witness knows
 * @param stateOf what it remembers of a log, by origin
 */
export function judgeCheckpoint(
  request: AddCheckpoint,
  logs: readonly NoteVerifier[],
  stateOf: (origin: string) => WitnessState,
): Judgement {
  const { old, proof, note } = request;
  const { text } = parseNote(note);
  const origin = text.slice(0, text.indexOf("\n"));
  const keys = logs.filter(({ name }) => name === origin);
  if (keys.length === 0) {
    return { status: 404, message: `expected a log that is known here, got ${quote(origin)}` };
  }
  const unsigned = problem(() => openNote(note, keys));
  if (unsigned !== undefined) return { status: 403, message: unsigned };
  const checkpoint = parseCheckpoint(text);
  const { size, root } = checkpoint;
  if (old > size) {
    return { status: 400, message: `expected an old size of at most ${size}, got ${old}` };
  }
  const known = stateOf(origin);
  const isFork = size === known.size && !equalBytes(root, known.root);
  if (old !== known.size) {
    const message = `${known.size}\n`;
    return isFork ? { status: 409, message, isFork } : { status: 409, message };
  }
  const inconsistent = problem(() => checkConsistency(old, known.root, size, root, proof));
  if (inconsistent !== undefined) {
    return isFork
      ? { status: 422, message: inconsistent, isFork }
      : { status: 422, message: inconsistent };
  }
  return { status: 200, checkpoint };
}

function problem(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof RecordError) return error.message;
    throw error;
  }
}
