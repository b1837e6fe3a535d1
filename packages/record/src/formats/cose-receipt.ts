import { decode, encode, Tagged } from "cborg";
import { checkPublicKey, keyIdOf, verify } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { rootOfInclusion } from "../tree/proof.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { equalBytes, fromHex } from "./encoding.ts";

/** CBOR tag of a COSE_Sign1 (RFC 9052, section 4.2). */
const SIGN1_TAG = 18;
/** Header labels: algorithm and key id (RFC 9052, table 3), the verifiable data structure and its proofs (RFC 9942). */
const ALG = 1;
const KID = 4;
const VDS = 395;
const VDP = 396;
/** EdDSA (RFC 9053, table 2). */
const EDDSA = -8;
/** The tree of RFC 9162 with SHA-256, and its inclusion proofs (RFC 9942, section 5). */
const RFC9162_SHA256 = 1;
const INCLUSION = -1;
const MAX_RECEIPT_BYTES = 4096;

/** A receipt's claim, as parsed: nothing about it has been verified. */
export interface CoseReceipt {
  readonly protected: Uint8Array;
  readonly keyId: Uint8Array;
  readonly size: number;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly signature: Uint8Array;
}

/**
 * The bytes that a log signs once for all receipts under one root: the Sig_structure of RFC 9052, section 4.4, with the
 * root as detached payload.
 */
export function receiptMessage(root: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return sigStructure(protectedHeader(publicKey), root);
}

/**
 * A COSE receipt of inclusion (RFC 9942, section 5.2) of the entry at `index`. It speaks of the leaf alone: a SCITT
 * Transparent Statement (RFC 9943) would need the statement itself to be a COSE_Sign1, which ours are not.
 *
 * @param path inclusion proof from the leaf's sibling up
 * @param signature the log's Ed25519 signature of `receiptMessage(root)`
 */
export function formatCoseReceipt(
  { size }: Checkpoint,
  index: number,
  path: readonly Uint8Array[],
  signature: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array {
  const proof = encode([size, index, path]);
  const unprotected = new Map([[VDP, new Map([[INCLUSION, [proof]]])]]);
  return encode(new Tagged(SIGN1_TAG, [protectedHeader(publicKey), unprotected, null, signature]));
}

/** Parses a receipt; refuses (`malformed-receipt`, `malformed-cbor`) anything that is not one. */
export function parseCoseReceipt(bytes: Uint8Array): CoseReceipt {
  if (bytes.length > MAX_RECEIPT_BYTES) {
    const message = `expected a receipt of at most ${MAX_RECEIPT_BYTES} bytes, got ${bytes.length}`;
    throw new RecordError("limit-exceeded", message);
  }
  const tagged = decodeStrictly(bytes, { tags: Tagged.preserve(SIGN1_TAG) });
  const [head, unprotected, payload, signature, ...more] =
    tagged instanceof Tagged ? listOf(tagged.value) : [];
  if (!isBytes(head) || !isBytes(signature) || payload !== null || more.length > 0) {
    throw malformed("a COSE_Sign1 with a detached payload");
  }
  const headers = decodeStrictly(head);
  const keyId = entry(headers, KID);
  if (entry(headers, ALG) !== EDDSA || entry(headers, VDS) !== RFC9162_SHA256 || !isBytes(keyId)) {
    throw malformed("EdDSA, an RFC 9162 tree with SHA-256 and a key id in the protected header");
  }
  const proofs = entry(entry(unprotected, VDP), INCLUSION);
  const [encoded, ...others] = listOf(proofs);
  if (!isBytes(encoded) || others.length > 0) throw malformed("one inclusion proof");
  const [size, index, hashes, ...rest] = listOf(decodeStrictly(encoded));
  const path = listOf(hashes);
  const isPath = Array.isArray(hashes) && path.length < 64 && path.every(isHash);
  if (!isCount(size) || !isCount(index) || !isPath || rest.length > 0) {
    throw malformed("size, index and path");
  }
  return { protected: head, keyId, size, index, path: path.filter(isHash), signature };
}

/**
 * Refuses (`signature-invalid`, `malformed-proof`) unless the log with this key signed a tree that has the leaf on the
 * receipt's path. RFC 9942 signs the root alone: the size is a claim, which only the path's shape binds. A receipt carries
 * no cosignatures either: size, time and what a quorum saw are in the proof of c2sp.org/tlog-proof.
 *
 * @param leaf the entry's leaf hash, `leafHash(entry)`
 */
export function verifyCoseReceipt(
  receipt: CoseReceipt,
  leaf: Uint8Array,
  publicKey: Uint8Array,
): void {
  checkPublicKey(publicKey);
  const { index, size, path, signature } = receipt;
  const root = rootOfInclusion(leaf, index, size, path);
  const isKey = equalBytes(receipt.keyId, fromHex(keyIdOf(publicKey)));
  if (isKey && verify(publicKey, sigStructure(receipt.protected, root), signature)) return;
  const message = `expected the log's signature of a tree of ${size} with this entry at ${index}, got none`;
  throw new RecordError("signature-invalid", message);
}

function protectedHeader(publicKey: Uint8Array): Uint8Array {
  const header = new Map<number, unknown>([
    [ALG, EDDSA],
    [KID, fromHex(keyIdOf(publicKey))],
    [VDS, RFC9162_SHA256],
  ]);
  return encode(header);
}

function sigStructure(head: Uint8Array, root: Uint8Array): Uint8Array {
  return encode(["Signature1", head, new Uint8Array(0), root]);
}

function decodeStrictly(
  bytes: Uint8Array,
  options: { tags?: ReturnType<typeof Tagged.preserve> } = {},
): unknown {
  try {
    return decode(bytes, {
      ...options,
      useMaps: true,
      strict: true,
      allowIndefinite: false,
      allowUndefined: false,
      allowNaN: false,
      allowInfinity: false,
      rejectDuplicateMapKeys: true,
    });
  } catch (cause) {
    throw new RecordError("malformed-cbor", "expected canonical CBOR, got something else", {
      cause,
    });
  }
}

function entry(map: unknown, key: number): unknown {
  return map instanceof Map ? map.get(key) : undefined;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function isHash(value: unknown): value is Uint8Array {
  return isBytes(value) && value.length === 32;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** What a list holds; nothing for what is no list. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function malformed(expected: string): RecordError {
  return new RecordError("malformed-receipt", `expected ${expected}, got something else`);
}
