import type { SigningKey } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { fromBase64, parseDecimal, quote, toBase64, utf8 } from "./encoding.ts";
import { type NoteVerifier, signNoteText } from "./note.ts";

/** What a checkpoint commits to: the log's origin, how many entries, and the root over them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The note text of a checkpoint: origin, decimal size, base64 root (c2sp.org/tlog-checkpoint). */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/** Parses a checkpoint's note text. Extension lines are refused: this log never writes any. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[3] !== "" || lines[0] === "") {
    throw new RecordError(
      "malformed-checkpoint",
      `expected origin, size and root on three lines, got ${quote(text)}`,
    );
  }
  const [origin, decimal, encoded] = lines as [string, string, string, string];
  const size = parseDecimal(decimal);
  if (size === undefined) {
    throw new RecordError(
      "malformed-checkpoint",
      `expected a decimal tree size, got ${quote(decimal)}`,
    );
  }
  const root = fromBase64(encoded);
  if (root.length !== 32) {
    throw new RecordError(
      "malformed-checkpoint",
      `expected a root of 32 bytes, got ${root.length}`,
    );
  }
  return { origin, size, root };
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
