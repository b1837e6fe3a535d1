import { createPublicKey, type KeyObject, verify } from "node:crypto";

/**
 * What each thread of the pool does: checks signatures that lie packed one after the other, each as key (32 bytes), signature (64),
 * length of the message (4, big-endian) and message.
 *
 * @returns a byte for each, 1 where the signature verifies
 */
export function verifyPacked(packed: Uint8Array): Uint8Array {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const answers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const key = keyOf(bytes.subarray(at, at + 32));
    const signature = bytes.subarray(at + 32, at + 96);
    const end = at + 100 + bytes.readUInt32BE(at + 96);
    const isValid = key !== null && verify(null, bytes.subarray(at + 100, end), key, signature);
    answers.push(isValid ? 1 : 0);
    at = end;
  }
  return Uint8Array.from(answers);
}

const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const MOST_KEYS = 4096;
const keys = new Map<string, KeyObject | null>();

function keyOf(raw: Buffer): KeyObject | null {
  const name = raw.toString("latin1");
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = imported(raw);
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(name, key);
  return key;
}

function imported(raw: Buffer): KeyObject | null {
  try {
    return createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, raw]),
      format: "der",
      type: "spki",
    });
  } catch {
    // Bytes that are no curve point: to a verifier a signature that does not verify.
    return null;
  }
}
