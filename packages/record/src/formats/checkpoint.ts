import { RecordError } from "../error.ts";
import { fromBase64, parseDecimal, quote, toBase64 } from "./encoding.ts";

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

/**
 * Parses a checkpoint's note text: at least three lines, none empty. Extension lines are allowed and mean nothing here;
 * this package never writes any.
 */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const isWhole = lines.length >= 4 && lines.at(-1) === "" && !lines.slice(0, -1).includes("");
  if (!isWhole) {
    throw new RecordError(
      "malformed-checkpoint",
      `expected origin, size and root on three lines, got ${quote(text)}`,
    );
  }
  const [origin = "", decimal = "", encoded = ""] = lines;
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
