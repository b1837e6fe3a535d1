import { decodeBase64, decodeHex, encodeBase64, encodeHex } from "#primitives";
import { RecordError } from "../error.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of `text`. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of UTF-8 `bytes`; refuses anything that is not valid UTF-8 (`malformed-encoding`). */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new RecordError("malformed-encoding", "expected UTF-8 text, got bytes that are not", {
      cause,
    });
  }
}

/** Lower-case hexadecimal of `bytes`. */
export function toHex(bytes: Uint8Array): string {
  return encodeHex(bytes);
}

/** Bytes of lower-case hexadecimal; upper case, odd length and other characters are refused. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) {
    throw new RecordError(
      "malformed-encoding",
      `expected lower-case hexadecimal, got ${quote(text)}`,
    );
  }
  return decodeHex(text);
}

/** Padded standard base64 (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  return encodeBase64(bytes);
}

/**
 * Bytes of padded standard base64. Only the one canonical spelling is accepted: unused bits must be zero, so that no
 * two texts decode alike.
 */
export function fromBase64(text: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (encodeBase64(bytes) === text) return bytes;
  throw new RecordError(
    "malformed-encoding",
    `expected canonical padded base64, got ${quote(text)}`,
  );
}

/** One array with all `parts` in order. */
export function concatBytes(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte arrays are equal. Not for secrets: the time depends on the content. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A value quoted for a message, cut so that hostile input cannot fill a screen. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** A decimal integer from 0 to 2^53 - 1 without sign or leading zeros, or `undefined`. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
