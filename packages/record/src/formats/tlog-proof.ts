import { RecordError } from "../error.ts";
import { there } from "../there.ts";
import { checkInclusion } from "../tree/proof.ts";
import type { Checkpoint } from "./checkpoint.ts";
import {
  concatBytes,
  fromBase64,
  parseDecimal,
  quote,
  textOf,
  toBase64,
  utf8,
} from "./encoding.ts";
import type { Policy } from "./policy.ts";
import { openTrusted } from "./trusted-checkpoint.ts";

const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_PROOF_BYTES = 1 << 20;
const MAX_HASHES = 63;

/** Everything that shows that an entry is in a log, for whoever holds the entry and trusts the log's key. */
export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint note with its cosignatures. */
  readonly checkpoint: Uint8Array;
  /** Opaque bytes that travel along; nothing vouches for them. */
  readonly extra?: Uint8Array;
}

/** The text of a proof (c2sp.org/tlog-proof); files of it end in `.tlog-proof`. */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
  ];
  return concatBytes(utf8(`${lines.join("\n")}\n\n`), checkpoint);
}

/** Parses a proof; nothing about it has been verified. */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  if (bytes.length > MAX_PROOF_BYTES) {
    const message = `expected a proof of at most ${MAX_PROOF_BYTES} bytes, got ${bytes.length}`;
    throw new RecordError("limit-exceeded", message);
  }
  const text = textOf(bytes);
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, Math.max(0, end)).split("\n");
  if (lines.shift() !== HEADER) throw malformed(`"${HEADER}" on the first line`, text);
  const extra = lines[0]?.startsWith("extra ")
    ? fromBase64(there(lines.shift()).slice(6))
    : undefined;
  const position = lines.shift() ?? "";
  const index = position.startsWith("index ") ? parseDecimal(position.slice(6)) : undefined;
  if (index === undefined) throw malformed("an index", position);
  const hashes = lines.map(fromBase64);
  if (hashes.length > MAX_HASHES || hashes.some((hash) => hash.length !== 32)) {
    throw malformed("at most 63 hashes of 32 bytes", lines.join("\n"));
  }
  const checkpoint = utf8(text.slice(end + 2));
  return { index, hashes, checkpoint, ...(extra === undefined ? {} : { extra }) };
}

/**
 * Refuses (`proof-invalid`, `signature-*`, `quorum-missing`) unless the proof shows that an entry is in a log that the
 * policy trusts, under a checkpoint with the policy's quorum. Needs no network.
 *
 * @param leaf the entry's leaf hash, `leafHash(entry)`
 * @returns the checkpoint that covers it
 */
export function verifyTlogProof(proof: TlogProof, leaf: Uint8Array, policy: Policy): Checkpoint {
  const { checkpoint } = openTrusted(proof.checkpoint, policy);
  checkInclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root);
  return checkpoint;
}

function malformed(expected: string, got: string): RecordError {
  return new RecordError("malformed-proof", `expected ${expected}, got ${quote(got)}`);
}
