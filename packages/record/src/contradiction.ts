import type { z } from "zod";
import {
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  envelopeSchema,
  type SignedStatement,
  signersOf,
} from "./envelope.ts";
import { RecordError } from "./error.ts";
import { textOf, utf8 } from "./formats/encoding.ts";

/** An issuer that signed two statements with one number. */
export interface Contradiction {
  readonly issuer: string;
  readonly sequence: number;
  /** Ids of both, the one in the record first. */
  readonly ids: readonly [string, string];
  /** Entry that shows it. */
  readonly index: number;
}

/** An envelope as the body of a report holds it. */
export function envelopeBody(envelope: Envelope): z.infer<typeof envelopeSchema> {
  return envelopeSchema.parse(JSON.parse(textOf(encodeEnvelope(envelope))));
}

/** The statement in an envelope as the body of a report holds it. */
export function statementIn(body: z.infer<typeof envelopeSchema>): SignedStatement {
  return decodeEnvelope(utf8(JSON.stringify(body)));
}

/**
 * Refuses (`malformed-statement`, `signature-invalid`) unless two envelopes convict their issuer: both in its name, with
 * one number and different words, and both signed by keys of its.
 *
 * @param publicKeys every key that was ever the issuer's
 * @example checkContradiction(inRecord, submitted, keys) // throws if the issuer is innocent
 */
export function checkContradiction(
  one: SignedStatement,
  other: SignedStatement,
  publicKeys: readonly Uint8Array[],
): void {
  const [a, b] = [one.statement, other.statement];
  const isPair = a.issuer === b.issuer && a.sequence === b.sequence && a.agreement === b.agreement;
  if (!isPair || one.id === other.id) {
    const message = `expected two statements of ${a.issuer} with number ${a.sequence} and different words, got others`;
    throw new RecordError("malformed-statement", message);
  }
  for (const { id, envelope } of [one, other]) {
    if (signersOf(envelope, publicKeys).length > 0) continue;
    const message = `expected a signature by a key of ${a.issuer} under ${id}, got none`;
    throw new RecordError("signature-invalid", message);
  }
}
