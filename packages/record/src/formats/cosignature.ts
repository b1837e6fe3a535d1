import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { type SigningKey, sign, verify } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { concatBytes, utf8 } from "./encoding.ts";
import { formatSignatureLine } from "./signature-line.ts";
import { COSIGNATURE_TYPE, ML_DSA_TYPE, type NoteVerifier, noteVerifier } from "./verifier.ts";

const TIME_BYTES = 8;
const ED25519_BYTES = 64;
/** Length of an ML-DSA-44 signature in bytes (FIPS 204, table 2). */
const ML_DSA_BYTES = 2420;
const LATEST_TIME = 0x7fff_ffff_ffff_ffffn;

/** An ML-DSA-44 key: its 32-byte seed stays with its holder (FIPS 204, algorithm 6). */
export interface MlDsaKey {
  readonly mlDsaSeed: Uint8Array;
}

/** The verifier of a cosigning key under a name. */
export function cosignerVerifier(name: string, key: SigningKey | MlDsaKey): NoteVerifier {
  return "mlDsaSeed" in key
    ? noteVerifier(name, ml_dsa44.keygen(key.mlDsaSeed).publicKey, ML_DSA_TYPE)
    : noteVerifier(name, key.publicKey, COSIGNATURE_TYPE);
}

/** The cosignature line on a checkpoint's text at a time in POSIX seconds, newline included. */
export function cosign(
  text: string,
  name: string,
  key: SigningKey | MlDsaKey,
  timestampSeconds: number,
): string {
  const time = BigInt(timestampSeconds);
  const signature =
    "mlDsaSeed" in key
      ? ml_dsa44.sign(
          subtreeMessage(name, time, parseCheckpoint(text)),
          ml_dsa44.keygen(key.mlDsaSeed).secretKey,
        )
      : sign(key, cosignedMessage(text, time));
  return formatSignatureLine(cosignerVerifier(name, key), concatBytes(uint64(time), signature));
}

/** The bytes that an Ed25519 cosignature covers: a header, the time, the whole text (tlog-cosignature, "Ed25519"). */
export function cosignedMessage(text: string, timestampSeconds: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestampSeconds}\n${text}`);
}

/**
 * The bytes that an ML-DSA-44 cosignature on a checkpoint covers (tlog-cosignature, "ML-DSA-44"): label, cosigner, time,
 * origin, the range from 0 to the size, and the root. Extension lines are not covered.
 */
export function subtreeMessage(
  cosigner: string,
  timestampSeconds: bigint,
  { origin, size, root }: Checkpoint,
): Uint8Array {
  return concatBytes(
    utf8("subtree/v1\n\0"),
    shortText(cosigner),
    uint64(timestampSeconds),
    shortText(origin),
    uint64(0n),
    uint64(BigInt(size)),
    root,
  );
}

/** The time in POSIX seconds inside a cosignature of 8 + 64 or 8 + 2,420 bytes. */
export function cosignatureTime(signature: Uint8Array): bigint {
  if (
    signature.length !== TIME_BYTES + ED25519_BYTES &&
    signature.length !== TIME_BYTES + ML_DSA_BYTES
  ) {
    const message = `expected a cosignature of 72 or 2428 bytes, got ${signature.length}`;
    throw new RecordError("malformed-note", message);
  }
  return new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
}

/** Whether a cosignature on a checkpoint's text is this verifier's. */
export function verifyCosignature(
  verifier: NoteVerifier,
  text: string,
  signature: Uint8Array,
): boolean {
  const isMlDsa = verifier.type === ML_DSA_TYPE;
  if (signature.length !== TIME_BYTES + (isMlDsa ? ML_DSA_BYTES : ED25519_BYTES)) return false;
  const time = cosignatureTime(signature);
  if (time > LATEST_TIME) return false;
  const bytes = signature.subarray(TIME_BYTES);
  if (!isMlDsa) return verify(verifier.publicKey, cosignedMessage(text, time), bytes);
  try {
    const message = subtreeMessage(verifier.name, time, parseCheckpoint(text));
    return ml_dsa44.verify(bytes, message, verifier.publicKey);
  } catch {
    // The library throws for keys and signatures that encode nothing; a text that is no checkpoint has no cosignature.
    return false;
  }
}

function shortText(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length < 1 || bytes.length > 255) {
    throw new RecordError("limit-exceeded", `expected 1 to 255 bytes, got ${bytes.length}`);
  }
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}

function uint64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return bytes;
}
