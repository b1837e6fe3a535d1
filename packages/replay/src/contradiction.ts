import type { Terms } from "@standstill/agreement";
import {
  type ContradictionReport,
  fromHex,
  RecordError,
  type Refusal,
  refuse,
  type Said,
  type SignedStatement,
  signersOf,
  statementIn,
} from "@standstill/record";
import type { State } from "./state.ts";

/**
 * `contradiction/report`: takes it in if the statement that it brings has the number of one in the record, other words,
 * and a signature by a key of that issuer's. The one in the record was checked when it was admitted.
 */
export function reduceContradiction(
  state: State,
  said: Said<ContradictionReport>,
): State | Refusal {
  let other: SignedStatement;
  try {
    other = statementIn(said.body.other);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return refuse("malformed-body", error.message);
  }
  const { issuer, sequence, agreement } = other.statement;
  const place = state.issuers.get(issuer)?.places.get(sequence);
  const first = place === undefined ? undefined : state.statements.get(place);
  if (first === undefined || first.id === other.id || agreement !== state.agreement.hash) {
    return refuse(
      "not-declared",
      `expected a statement that contradicts number ${sequence} of ${issuer} in this record, got none`,
    );
  }
  if (signersOf(other.envelope, keysEverOf(state, issuer)).length === 0) {
    return refuse("signature-invalid", `expected a signature by a key of ${issuer}, got none`);
  }
  if (state.contradictions.some(({ ids }) => ids[1] === other.id)) {
    return refuse("already-said", "expected a new contradiction, got one that is shown already");
  }
  const found = { issuer, sequence, ids: [first.id, other.id] as const, index: said.index };
  return { ...state, contradictions: [...state.contradictions, found] };
}

/** Every key that is or was an issuer's under the present terms. */
function keysEverOf({ agreement }: State, issuer: string): Uint8Array[] {
  const own = (agreement.terms as Terms).keys.filter(({ holder }) => holder === issuer);
  const later = agreement.keyChanges.filter(({ holder }) => holder === issuer);
  return [
    ...own.map(({ publicKey }) => publicKey),
    ...later.flatMap(({ replacement = [] }) => replacement),
  ].map(fromHex);
}
