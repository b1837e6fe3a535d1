import {
  checkPublicKey,
  concatBytes,
  fromHex,
  type SigningKey,
  sign,
  toHex,
  utf8,
  verify,
} from "@standstill/record";
import { EvidenceError } from "../../error.ts";

/** The headers in which whoever runs a meter names its feed and signs what it sends. */
export const FEED_HEADER = "standstill-feed";
/** The Ed25519 signature of the request, in hexadecimal. */
export const FEED_SIGNATURE_HEADER = "standstill-signature";

/** The feed of readings that nobody but the operator's own machines vouches for. */
export const OPERATOR_FEED = "operator";

/** Feeds whose requests must be signed, by name, with the 32 bytes of their public keys. */
export type FeedKeys = ReadonlyMap<string, Uint8Array>;

/**
 * The feed that a request is of. One without a name is the operator's own; one with a name counts only with a signature by the
 * key that is known for it, over its body and path. Refuses (`feed-not-signed`) all others: a label says nothing about who measured.
 *
 * @example feedOf(keys, headers, "/api/v1/write", body) // "operator"
 */
export function feedOf(
  keys: FeedKeys,
  headers: Readonly<Record<string, unknown>>,
  path: string,
  body: Uint8Array,
  otherwise: string,
): string {
  const name = headers[FEED_HEADER];
  if (name === undefined) return otherwise;
  const key = keys.get(String(name));
  const signature = String(headers[FEED_SIGNATURE_HEADER] ?? "");
  const isSigned =
    key !== undefined &&
    /^[0-9a-f]{128}$/.test(signature) &&
    verify(key, feedMessage(String(name), path, body), fromHex(signature));
  if (isSigned) return String(name);
  throw new EvidenceError(
    "feed-not-signed",
    `expected a request signed with the key of the feed ${JSON.stringify(String(name).slice(0, 60))}, got none that this monitor knows`,
  );
}

/** The headers with which a feed's keeper sends a request. */
export function feedHeaders(
  name: string,
  key: SigningKey,
  path: string,
  body: Uint8Array,
): Record<string, string> {
  return {
    [FEED_HEADER]: name,
    [FEED_SIGNATURE_HEADER]: toHex(sign(key, feedMessage(name, path, body))),
  };
}

/** Reads `<name>=<public key>`; refuses weak keys and the operator's own name. */
export function parseFeedKey(text: string, reserved: string): readonly [string, Uint8Array] {
  const [, name, hex] = /^([a-z0-9][a-z0-9./-]{0,119})=([0-9a-f]{64})$/.exec(text) ?? [];
  if (name === undefined || hex === undefined || name === reserved) {
    throw new EvidenceError(
      "malformed-file",
      `expected a feed as meter-one=<public key in hexadecimal>, got ${JSON.stringify(text.slice(0, 100))}`,
    );
  }
  const key = fromHex(hex);
  checkPublicKey(key);
  return [name, key];
}

function feedMessage(name: string, path: string, body: Uint8Array): Uint8Array {
  return concatBytes(utf8(`standstill feed\n${name}\n${path}\n`), body);
}
