import { z } from "zod";
import { type Refusal, refuse } from "../admission.ts";
import { type Contradiction, statementIn } from "../contradiction.ts";
import { defineStatement } from "../define-statement.ts";
import { DRAFT } from "../draft.ts";
import { envelopeSchema, type SignedStatement, signersOf } from "../envelope.ts";
import { RecordError } from "../error.ts";
import { fromHex } from "../formats/encoding.ts";
import type { SaidPart } from "../issuer.ts";
import { ROLES } from "../statement.ts";

/** What of a state holds who was convicted of contradicting itself. */
export interface ContradictionsPart {
  /** Issuers that signed two statements with one number. */
  readonly contradictions: readonly Contradiction[];
}

/** Every key that is or was somebody's under an agreement, in hexadecimal. */
interface KeysPart {
  readonly agreement: {
    readonly hash: string;
    readonly terms: {
      readonly keys: readonly { readonly holder: string; readonly publicKey: string }[];
    };
    readonly keyChanges: readonly {
      readonly holder: string;
      readonly replacement: string | undefined;
    }[];
  };
}

/**
 * `contradiction/report`: anyone shows that an issuer signed two statements with one number. One of them is in the record, and was checked
 * when it was admitted; the other is in this statement, with its signatures, which convict the issuer by themselves. It is taken in if the
 * other has the number of one in the record, other words, and a signature by a key that is or was the issuer's.
 */
export const contradictionReport = defineStatement({
  type: "contradiction/report",
  version: DRAFT,
  roles: ROLES,
  words: "Anyone shows that somebody signed two statements with one number.",
  body: z.strictObject({ other: envelopeSchema }),
  reduce: (state: ContradictionsPart & SaidPart & KeysPart, { index, body }) => {
    const other = readOther(body.other);
    if ("refused" in other) return other;
    const { issuer, sequence, agreement } = other.statement;
    const place = state.issuers.get(issuer)?.places.get(sequence);
    const first = place === undefined ? undefined : state.statements.get(place);
    if (first === undefined || first.id === other.id || agreement !== state.agreement.hash)
      return refuse(
        "not-declared",
        `expected a statement that contradicts number ${sequence} of ${issuer} in this record, got none`,
      );
    if (signersOf(other.envelope, keysEverOf(state, issuer)).length === 0)
      return refuse("signature-invalid", `expected a signature by a key of ${issuer}, got none`);
    const { contradictions } = state;
    if (contradictions.some(({ ids }) => ids[1] === other.id))
      return refuse("already-said", "expected a new contradiction, got one that is shown already");
    const found: Contradiction = { issuer, sequence, ids: [first.id, other.id], index };
    return { contradictions: [...contradictions, found] };
  },
});

function readOther(body: z.infer<typeof envelopeSchema>): SignedStatement | Refusal {
  try {
    return statementIn(body);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return refuse("malformed-body", error.message);
  }
}

function keysEverOf({ agreement }: KeysPart, issuer: string): Uint8Array[] {
  const own = agreement.terms.keys.filter(({ holder }) => holder === issuer);
  const later = agreement.keyChanges.filter(({ holder }) => holder === issuer);
  return [
    ...own.map(({ publicKey }) => publicKey),
    ...later.flatMap(({ replacement = [] }) => replacement),
  ].map(fromHex);
}
