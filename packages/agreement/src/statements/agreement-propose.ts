import {
  checkPublicKey,
  DRAFT,
  defineStatement,
  firstMark,
  fromHex,
  type MarksPart,
  parseVerifier,
  RecordError,
  refuse,
  toHex,
  withMark,
} from "@standstill/record";
import { z } from "zod";
import { AgreementError } from "../error.ts";
import type { Agreed, AgreementPart } from "../state.ts";
import { checkTerms } from "../terms/contradictions/check.ts";
import { type Terms, termsHash, termsSchema } from "../terms/terms.ts";

/**
 * `agreement/propose`: the keeper puts the terms on the record, whole: the first statement of a record, and only the first. The hash of the
 * terms names the agreement. As the keeper speaks first, its first word is also the first mark.
 */
export const agreementPropose = defineStatement({
  type: "agreement/propose",
  version: DRAFT,
  roles: ["keeper"],
  words: "The keeper puts the terms on the record, whole; every record begins with this.",
  body: z.strictObject({ terms: termsSchema }),
  reduce: (state: AgreementPart & MarksPart, { index, statement, body: { terms } }) => {
    if (state.agreement.terms !== undefined)
      return refuse("already-said", "expected terms once, got them a second time");
    const hash = termsHash(terms);
    if (statement.agreement !== hash)
      return refuse(
        "agreement-mismatch",
        `expected the hash of the terms ${hash}, got ${statement.agreement}`,
      );
    const wrong = contradictionIn(terms);
    if (wrong !== undefined) return refuse("contradictory-terms", wrong);
    const mark = firstMark(Date.parse(statement.issuedAt), index);
    const versions = [{ terms, hash, from: mark.at, index }];
    const agreement: Agreed = { ...state.agreement, terms, hash, versions };
    return { agreement, ...withMark(state, mark) };
  },
});

/** What is wrong with terms beyond their form: names, weak or malformed keys, one key for two holders. */
export function contradictionIn(terms: Terms): string | undefined {
  try {
    checkTerms(terms);
    const verifiers = [terms.log.vkey, ...terms.witnessKeys.map(({ vkey }) => vkey)].map(
      parseVerifier,
    );
    const keys = [
      ...terms.keys.map((key) => fromHex(key.publicKey)),
      ...verifiers.map((v) => v.publicKey),
    ];
    for (const key of keys) checkPublicKey(key);
    const names = keys.map(toHex);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    return twice === undefined
      ? undefined
      : `expected each key once, got ${twice.slice(0, 16)}… twice`;
  } catch (error) {
    if (error instanceof AgreementError || error instanceof RecordError) return error.message;
    throw error;
  }
}
