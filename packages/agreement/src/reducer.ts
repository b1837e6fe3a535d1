import {
  checkPublicKey,
  fromHex,
  parseVerifier,
  RecordError,
  type Refusal,
  refuse,
  type Said,
  toHex,
} from "@standstill/record";
import type { z } from "zod";
import { type Coalition, emptyCoalition, settle, withPledge } from "./coalition.ts";
import { partiesIn } from "./condition.ts";
import { AgreementError } from "./error.ts";
import type { agreementAdopt, agreementPropose, pledgeMake } from "./statements.ts";
import { checkTerms, type Terms, termsHash } from "./terms.ts";

/** What the record says about the agreement itself. */
export interface AgreementState {
  readonly terms: Terms | undefined;
  /** Hash of the terms. */
  readonly hash: string | undefined;
  /** Who adopted, with the entry at which it did. */
  readonly adopted: ReadonlyMap<string, number>;
  /** Entry at which the last party adopted and the agreement entered into force. */
  readonly inForceSince: number | undefined;
  readonly coalition: Coalition;
}

/** The agreement before anything was said. */
export const noAgreement: AgreementState = {
  terms: undefined,
  hash: undefined,
  adopted: new Map(),
  inForceSince: undefined,
  coalition: emptyCoalition,
};

/** `agreement/propose`: the first statement of a record, and only the first. Its hash names the agreement. */
export function reducePropose(
  state: AgreementState,
  said: Said<z.infer<typeof agreementPropose.body>>,
): AgreementState | Refusal {
  if (state.terms !== undefined)
    return refuse("already-said", "expected terms once, got them a second time");
  const { terms } = said.body;
  const hash = termsHash(terms);
  if (said.statement.agreement !== hash) {
    return refuse(
      "agreement-mismatch",
      `expected the hash of the terms ${hash}, got ${said.statement.agreement}`,
    );
  }
  const contradiction = contradictionIn(terms);
  if (contradiction !== undefined) return refuse("contradictory-terms", contradiction);
  return { ...state, terms, hash };
}

/** What is wrong with terms beyond their form: names, weak or malformed keys, one key for two holders. */
function contradictionIn(terms: Terms): string | undefined {
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

/** `agreement/adopt`: a party adopts. The agreement enters into force when every party has. */
export function reduceAdopt(
  state: AgreementState,
  said: Said<z.infer<typeof agreementAdopt.body>>,
): AgreementState | Refusal {
  const { issuer } = said.statement;
  if (said.body.terms !== state.hash) {
    return refuse(
      "agreement-mismatch",
      `expected the proposed terms ${state.hash}, got ${said.body.terms}`,
    );
  }
  if (state.adopted.has(issuer))
    return refuse("already-said", `expected one adoption, got a second by ${issuer}`);
  const adopted = new Map(state.adopted).set(issuer, said.index);
  const all = (state.terms as Terms).parties.every((party) => adopted.has(party.id));
  return { ...state, adopted, inForceSince: all ? said.index : undefined };
}

/** `pledge/make`: a party pledges, then it is settled who is bound. A pledge counts once the agreement is in force. */
export function reducePledge(
  state: AgreementState,
  said: Said<z.infer<typeof pledgeMake.body>>,
  accused: ReadonlySet<string>,
): AgreementState | Refusal {
  const known = new Set((state.terms as Terms).parties.map((party) => party.id));
  const unknown = partiesIn(said.body.while).find((party) => !known.has(party));
  if (unknown !== undefined) {
    return refuse(
      "not-declared",
      `expected conditions on parties of the agreement, got "${unknown}"`,
    );
  }
  if (state.inForceSince === undefined) {
    return refuse(
      "not-declared",
      "expected an agreement in force before pledges, got one that not all have adopted",
    );
  }
  const pledge = { mode: said.body.mode, while: said.body.while, index: said.index };
  const coalition = settle(
    withPledge(state.coalition, said.statement.issuer, pledge),
    accused,
    said.index,
  );
  return { ...state, coalition };
}

/** Settles who is bound after something else than a pledge changed what conditions see, such as a verdict. */
export function reduceCircumstances(
  state: AgreementState,
  accused: ReadonlySet<string>,
  index: number,
): AgreementState {
  return { ...state, coalition: settle(state.coalition, accused, index) };
}
