import { z } from "zod";
import { keyIdOf, type SigningKey, sign, verify, verifyAside } from "./ed25519.ts";
import { RecordError } from "./error.ts";
import { parseCanonicalJson, parseJson } from "./formats/canonical-json.ts";
import { concatBytes, fromBase64, toBase64, utf8 } from "./formats/encoding.ts";
import {
  describeIssues,
  parseStatement,
  type Statement,
  sha256Schema,
  statementBytes,
  statementId,
} from "./statement.ts";

/** The payload type of every envelope. */
export const PAYLOAD_TYPE = "application/vnd.standstill.statement+json";

/** A DSSE envelope as JSON (secure-systems-lab/dsse, protocol and envelope). */
export const envelopeSchema = z.strictObject({
  payload: z.string().max(65_000),
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
  return concatBytes(
    utf8(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `),
    payload,
  );
}

/** Signs a statement with one or more keys. */
export function signStatement(
  statement: Statement,
  ...keys: readonly SigningKey[]
): SignedStatement {
  const payload = statementBytes(statement);
  const message = preAuthenticationEncoding(payload);
  const signatures = keys.map((key) => ({
    keyId: keyIdOf(key.publicKey),
    signature: sign(key, message),
  }));
  return {
    id: statementId(payload),
    statement: parseStatement(payload),
    envelope: { payload, signatures },
  };
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
  return signedStatement(parseCanonicalJson(entry));
}

/** Parses an envelope as people submit it: JSON in any spelling around a canonical payload. */
export function decodeEnvelope(bytes: Uint8Array): SignedStatement {
  return signedStatement(parseJson(bytes));
}

/** The ids of those of `publicKeys` that validly signed the envelope; an unknown key's signature does not count. */
export function signersOf(envelope: Envelope, publicKeys: readonly Uint8Array[]): string[] {
  const message = preAuthenticationEncoding(envelope.payload);
  const known = new Map(publicKeys.map((key) => [keyIdOf(key), key]));
  const valid = envelope.signatures.filter(({ keyId, signature }) => {
    const key = known.get(keyId);
    return key !== undefined && verify(key, message, signature);
  });
  return [...new Set(valid.map(({ keyId }) => keyId))];
}

/**
 * Checks signatures off this thread, many at once, and remembers the answers. `signersOf` of it answers as the plain one
 * does: at once for what was asked before, by checking for what was not.
 */
export class CheckedSignatures {
  readonly #known = new WeakMap<
    Envelope,
    { readonly keys: ReadonlySet<Uint8Array>; readonly signers: string[] }
  >();

  /** Resolves when an envelope's signatures by these keys are checked. */
  async check(envelope: Envelope, publicKeys: readonly Uint8Array[]): Promise<void> {
    const message = preAuthenticationEncoding(envelope.payload);
    const known = new Map(publicKeys.map((key) => [keyIdOf(key), key]));
    const signers: string[] = [];
    for (const { keyId, signature } of envelope.signatures) {
      const key = known.get(keyId);
      if (key === undefined || signers.includes(keyId)) continue;
      if (await verifyAside(key, message, signature)) signers.push(keyId);
    }
    this.#known.set(envelope, { keys: new Set(publicKeys), signers });
  }

  /** As `signersOf`. */
  readonly signersOf: typeof signersOf = (envelope, publicKeys) => {
    const found = this.#known.get(envelope);
    const isSame =
      found !== undefined &&
      found.keys.size === publicKeys.length &&
      publicKeys.every((key) => found.keys.has(key));
    return isSame ? found.signers : signersOf(envelope, publicKeys);
  };
}

function signedStatement(json: unknown): SignedStatement {
  const result = envelopeSchema.safeParse(json);
  if (!result.success) throw new RecordError("malformed-envelope", describeIssues(result.error));
  const payload = fromBase64(result.data.payload);
  const signatures = result.data.signatures.map(({ keyid, sig }) => {
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
