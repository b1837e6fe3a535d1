import { z } from "zod";
import { RecordError } from "../error.ts";
import { parseJson } from "../formats/canonical-json.ts";
import { type Checkpoint, parseCheckpoint } from "../formats/checkpoint.ts";
import { equalBytes, fromBase64, toBase64, utf8 } from "../formats/encoding.ts";
import { openNote, parseNote } from "../formats/note.ts";
import { formatSignatureLine } from "../formats/signature-line.ts";
import type { NoteVerifier } from "../formats/verifier.ts";
import { describeIssues } from "../statement.ts";
import { checkConsistency } from "../tree/proof.ts";
import type { TileTree } from "../tree/tile-tree.ts";

const MAX_NOTE_LENGTH = 10_000;
const schema = z.strictObject({
  evidence: z.literal("split-view"),
  larger: z.string().max(MAX_NOTE_LENGTH),
  smaller: z.string().max(MAX_NOTE_LENGTH),
  rootAtSmaller: z.string().max(64),
  proof: z.array(z.string().max(64)).max(63),
});

/**
 * Two checkpoints that one log signed and that cannot both be true. `larger` commits to a root at the size of `smaller`,
 * which `proof` shows, and `smaller` states another. Whoever holds this and the log's public key needs nothing else.
 */
export interface SplitView {
  readonly evidence: "split-view";
  /** The note of the larger checkpoint, or of either where both have one size. */
  readonly larger: string;
  readonly smaller: string;
  /** Root that the larger one implies at the smaller's size, base64. */
  readonly rootAtSmaller: string;
  /** Consistency proof from that root to the larger checkpoint, base64. */
  readonly proof: readonly string[];
}

/**
 * Compares another checkpoint of the same log with a tree that is at hand and at least as large. Returns the evidence if
 * they contradict each other, nothing if the other is a prefix.
 *
 * @param note the checkpoint under which `tree` stands
 */
export async function findSplitView(
  tree: TileTree,
  note: Uint8Array,
  other: Uint8Array,
  log: NoteVerifier,
): Promise<SplitView | undefined> {
  const { size, root } = parseCheckpoint(openNote(other, [log]).text);
  const rootAtSmaller = await tree.root(size);
  if (equalBytes(rootAtSmaller, root)) return undefined;
  const proof = await tree.consistencyProof(size);
  return {
    evidence: "split-view",
    larger: signedBy(note, log),
    smaller: signedBy(other, log),
    rootAtSmaller: toBase64(rootAtSmaller),
    proof: proof.map(toBase64),
  };
}

/**
 * Whether the evidence convicts the log with this key. Refuses (`signature-*`, `proof-invalid`, `malformed-*`) evidence
 * that does not.
 *
 * @returns both checkpoints, the larger first
 */
export function checkSplitView(
  evidence: SplitView,
  log: NoteVerifier,
): readonly [Checkpoint, Checkpoint] {
  const [larger, smaller] = [
    checkpointIn(evidence.larger, log),
    checkpointIn(evidence.smaller, log),
  ];
  const implied = fromBase64(evidence.rootAtSmaller);
  const proof = evidence.proof.map(fromBase64);
  checkConsistency(smaller.size, implied, larger.size, larger.root, proof);
  if (equalBytes(implied, smaller.root)) {
    const message = `expected two histories, got one: at size ${smaller.size} both have the same root`;
    throw new RecordError("proof-invalid", message);
  }
  return [larger, smaller];
}

function checkpointIn(note: string, log: NoteVerifier): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(utf8(note), [log]).text);
  if (checkpoint.origin === log.name) return checkpoint;
  const message = `expected a checkpoint of ${log.name}, got one of ${checkpoint.origin}`;
  throw new RecordError("malformed-checkpoint", message);
}

/** The evidence where two checkpoints of one size differ: their signatures say it all. */
export function sameSizeSplitView(
  first: Uint8Array,
  second: Uint8Array,
  log: NoteVerifier,
): SplitView {
  const { root } = parseCheckpoint(openNote(first, [log]).text);
  const [larger, smaller] = [signedBy(first, log), signedBy(second, log)];
  return { evidence: "split-view", larger, smaller, rootAtSmaller: toBase64(root), proof: [] };
}

/** A note with the log's own signature alone. */
function signedBy(note: Uint8Array, log: NoteVerifier): string {
  const { text, signatures } = parseNote(note);
  const own = signatures.find(
    ({ name, keyId }) => name === log.name && equalBytes(keyId, log.keyId),
  );
  if (own !== undefined) return `${text}\n${formatSignatureLine(log, own.signature)}`;
  throw new RecordError("signature-missing", `expected a signature by ${log.name}, got none`);
}

/** Parses evidence of a split view. */
export function parseSplitView(bytes: Uint8Array): SplitView {
  const parsed = schema.safeParse(parseJson(bytes));
  if (parsed.success) return parsed.data;
  throw new RecordError("malformed-request", describeIssues(parsed.error));
}
