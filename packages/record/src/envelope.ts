import { z } from "zod";
import {
  keyIdOf,
  type SignatureCheck,
  type SigningKey,
  sign,
  verify,
  verifyAllAside,
} from "./ed25519.ts";
import { RecordError } from "./error.ts";
import { parseCanonicalJson, parseJson } from "./formats/canonical-json.ts";
import { fromBase64, textOf, toBase64, utf8 } from "./formats/encoding.ts";
import {
  describeIssues,
  parseStatement,
  type Statement,
  sha256Schema,
  statementBytes,
  statementId,
  type Words,
} from "./statement.ts";
import { there } from "./there.ts";

/** The payload type of every envelope. */
export const PAYLOAD_TYPE = "application/vnd.standstill.statement+json";

/** Longest payload in base64 that is looked at. */
const MAX_PAYLOAD_TEXT = 65_000;

/** A DSSE envelope as JSON (secure-systems-lab/dsse, protocol and envelope). */
export const envelopeSchema = z.strictObject({
  payload: z.string().max(MAX_PAYLOAD_TEXT),
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z
    .array(z.strictObject({ keyid: sha256Schema, sig: z.string().max(88) }))
    .min(1)
    .max(16),
});

/** A signed statement. `signatures` may hold several where a role needs k of n keys. */
export interface Envelope {
  readonly payload: Uint8Array;
  readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array }[];
}

/** An envelope together with the statement in it and the statement's id. */
export interface SignedStatement {
  readonly id: string;
  readonly statement: Statement;
  readonly envelope: Envelope;
}

/** The bytes that an envelope's signatures cover: DSSE's pre-authentication encoding. */
export function preAuthenticationEncoding(payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  const bytes = new Uint8Array(head.length + payload.length);
  encoder.encodeInto(head, bytes);
  bytes.set(payload, head.length);
  return bytes;
}

const encoder = new TextEncoder();

/** Signs a statement with one or more keys. */
export function signStatement(statement: Words, ...keys: readonly SigningKey[]): SignedStatement {
  return withSignatures(unsignedStatement(statement), keys);
}

/** A statement whose words stand, with the id that they have, and that nobody has signed yet. */
export function unsignedStatement(words: Words): SignedStatement {
  const payload = statementBytes(words);
  return {
    id: statementId(payload),
    statement: parseStatement(payload),
    envelope: { payload, signatures: [] },
  };
}

/** The same words with the signatures of these keys added. */
export function withSignatures(one: SignedStatement, keys: readonly SigningKey[]): SignedStatement {
  const { payload, signatures } = one.envelope;
  const message = preAuthenticationEncoding(payload);
  const added = keys.map((key) => ({
    keyId: keyIdOf(key.publicKey),
    signature: sign(key, message),
  }));
  return { ...one, envelope: { payload, signatures: [...signatures, ...added] } };
}

/** The entry of the log for an envelope: its canonical JSON, so that one envelope has one leaf. */
export function encodeEnvelope({ payload, signatures }: Envelope): Uint8Array {
  // Base64 and hexadecimal need no escapes, so the canonical text can be written down as it is.
  const lines = signatures.map(
    ({ keyId, signature }) => `{"keyid":"${keyId}","sig":"${toBase64(signature)}"}`,
  );
  return utf8(
    `{"payload":"${toBase64(payload)}","payloadType":"${PAYLOAD_TYPE}","signatures":[${lines.join(",")}]}`,
  );
}

/** Parses an entry of the log. Signatures are not verified: whose keys count is for the reader to say. */
export function decodeEntry(entry: Uint8Array): SignedStatement {
  return decodeParts(entry) ?? signedStatement(parseCanonicalJson(entry));
}

/**
 * What an entry says, as JSON, whatever form its words have: for whoever has to tell words of another version from words of none. Refuses
 * (`RecordError`) what is no envelope around canonical JSON.
 */
export function wordsInEntry(entry: Uint8Array): unknown {
  const envelope = envelopeSchema.safeParse(parseCanonicalJson(entry));
  if (!envelope.success)
    throw new RecordError("malformed-envelope", describeIssues(envelope.error));
  return parseCanonicalJson(fromBase64(envelope.data.payload));
}

/** What is not exactly one canonical envelope with one signature takes the long way, which says what is wrong with it. */
function decodeParts(entry: Uint8Array): SignedStatement | undefined {
  const found = ENTRY.exec(textOf(entry));
  if (found === null) return undefined;
  const [, payload = "", keyid = "", sig = ""] = found;
  return payload.length > MAX_PAYLOAD_TEXT ? undefined : signedBy(payload, [{ keyid, sig }]);
}

/** The canonical text of an envelope with one signature: no escapes, so its parts can be read off. */
const ENTRY = new RegExp(
  `^\\{"payload":"([A-Za-z0-9+/=]*)","payloadType":"${PAYLOAD_TYPE.replaceAll(/[.+]/g, "\\$&")}",` +
    `"signatures":\\[\\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/=]{88})"\\}\\]\\}$`,
);

/** Parses an envelope as people submit it: JSON in any spelling around a canonical payload. */
export function decodeEnvelope(bytes: Uint8Array): SignedStatement {
  return decodeParts(bytes) ?? signedStatement(parseJson(bytes));
}

/** The ids of those of `publicKeys` that validly signed the envelope; an unknown key's signature does not count. */
export function signersOf(envelope: Envelope, publicKeys: readonly Uint8Array[]): string[] {
  const message = preAuthenticationEncoding(envelope.payload);
  const known = keysById(publicKeys);
  const valid = envelope.signatures.filter(({ keyId, signature }) => {
    const key = known.get(keyId);
    return key !== undefined && verify(key, message, signature);
  });
  return [...new Set(valid.map(({ keyId }) => keyId))];
}

/** Keys by their names, found once for the same list of keys. */
function keysById(publicKeys: readonly Uint8Array[]): ReadonlyMap<string, Uint8Array> {
  const before = knownKeys.get(publicKeys);
  if (before !== undefined) return before;
  const found = new Map(publicKeys.map((key) => [keyIdOf(key), key]));
  knownKeys.set(publicKeys, found);
  return found;
}

const knownKeys = new WeakMap<readonly Uint8Array[], ReadonlyMap<string, Uint8Array>>();

/** An envelope, and the keys whose signatures of it count. */
export interface Signable {
  readonly envelope: Envelope;
  readonly publicKeys: readonly Uint8Array[];
}

/**
 * Checks signatures off this thread, many at once, and remembers the answers. `signersOf` of it answers as the plain one
 * does: at once for what was asked before, by checking for what was not.
 */
export class CheckedSignatures {
  readonly #known = new WeakMap<
    Envelope,
    { readonly keys: readonly Uint8Array[]; readonly signers: string[] }
  >();

  /** Resolves when the signatures of these envelopes are checked. */
  async check(signables: readonly Signable[]): Promise<void> {
    const checks: SignatureCheck[] = [];
    const places: { readonly signers: string[]; readonly keyId: string }[] = [];
    const found = signables.map((): string[] => []);
    for (const [i, { envelope, publicKeys }] of signables.entries()) {
      const known = keysById(publicKeys);
      const signers = there(found[i]);
      const message = preAuthenticationEncoding(envelope.payload);
      for (const { keyId, signature } of envelope.signatures) {
        const publicKey = known.get(keyId);
        if (publicKey === undefined) continue;
        checks.push({ publicKey, message, signature });
        places.push({ signers, keyId });
      }
    }
    const answers = await verifyAllAside(checks);
    for (const [i, { signers, keyId }] of places.entries()) {
      if (answers[i] === true && !signers.includes(keyId)) signers.push(keyId);
    }
    for (const [i, { envelope, publicKeys }] of signables.entries()) {
      this.#known.set(envelope, { keys: publicKeys, signers: there(found[i]) });
    }
  }

  /** As `signersOf`, for envelopes whose check is done. */
  readonly signersOf: typeof signersOf = (envelope, publicKeys) => {
    const found = this.#known.get(envelope);
    const isSame =
      found !== undefined &&
      (found.keys === publicKeys ||
        (found.keys.length === publicKeys.length &&
          publicKeys.every((key, i) => found.keys[i] === key)));
    return isSame ? found.signers : signersOf(envelope, publicKeys);
  };
}

function signedStatement(json: unknown): SignedStatement {
  const result = envelopeSchema.safeParse(json);
  if (!result.success) throw new RecordError("malformed-envelope", describeIssues(result.error));
  return signedBy(result.data.payload, result.data.signatures);
}

function signedBy(
  payloadText: string,
  signed: readonly { readonly keyid: string; readonly sig: string }[],
): SignedStatement {
  const payload = fromBase64(payloadText);
  const signatures = signed.map(({ keyid, sig }) => {
    const signature = fromBase64(sig);
    if (signature.length !== 64) {
      throw new RecordError(
        "malformed-envelope",
        `expected a signature of 64 bytes, got ${signature.length}`,
      );
    }
    return { keyId: keyid, signature };
  });
  return {
    id: statementId(payload),
    statement: parseStatement(payload),
    envelope: { payload, signatures },
  };
}
