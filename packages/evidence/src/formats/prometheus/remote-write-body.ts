import { uncompress } from "snappyjs";
import { EvidenceError } from "../../error.ts";

/**
 * Unpacks the body of a remote-write request: snappy block format (prometheus.io/docs/specs/remote_write_spec, google/snappy
 * format_description). The declared length is looked at before anything is unpacked.
 */
export function unpackRemoteWrite(body: Uint8Array): Uint8Array {
  const declared = declaredLength(body);
  if (declared > MAX_BODY_BYTES) {
    throw new EvidenceError(
      "limit-exceeded",
      `expected at most ${MAX_BODY_BYTES} bytes unpacked, got ${declared} declared`,
    );
  }
  try {
    return uncompress(body, MAX_BODY_BYTES);
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      "expected snappy block format, got bytes that are not",
      { cause },
    );
  }
}

/** Largest request that is unpacked, in bytes. */
const MAX_BODY_BYTES = 32 << 20;

/** The varint in front of a snappy block; at most 32 bits. */
function declaredLength(body: Uint8Array): number {
  let value = 0;
  let scale = 1;
  for (let at = 0; at < 5; at++) {
    const byte = body[at];
    if (byte === undefined) break;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
  throw new EvidenceError("malformed-file", "expected snappy block format, got bytes that are not");
}
