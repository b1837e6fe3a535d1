import { type Refusal, refuse, type Said } from "@standstill/record";
import { noFacts } from "./facts.ts";
import { isMet } from "./reading/met.ts";
import type { Mode } from "./terms/mode.ts";
import { rollOf } from "./terms/rules-of.ts";
import { type Terms, termsHash } from "./terms/terms.ts";

/** New terms on their way: proposed, perhaps adopted. */
export interface Amendment {
  readonly terms: Terms;
  /** Hash of the terms that it would replace. */
  readonly replaces: string;
  readonly proposedBy: string;
  readonly index: number;
  /** Who consented, with the entry. */
  readonly consents: ReadonlyMap<string, number>;
  /** Entry at which enough had consented; without one the amendment has no effect. */
  readonly adoptedAt: number | undefined;
}

/** Amendments by the hash of their terms. */
export type Amendments = ReadonlyMap<string, Amendment>;

/** Takes a proposal in. */
export function withAmendment(
  amendments: Amendments,
  said: Said<{ readonly terms: Terms }>,
  present: string,
): Amendments | Refusal {
  const { terms } = said.body;
  const hash = termsHash(terms);
  if (hash === present || amendments.has(hash))
    return refuse("already-said", "expected new terms, got terms that are on record");
  return new Map(amendments).set(hash, {
    terms,
    replaces: present,
    proposedBy: said.statement.issuer,
    index: said.index,
    consents: new Map(),
    adoptedAt: undefined,
  });
}

/** Takes a consent in; adopts the amendment if the rule of the present terms is met by those who consent. */
export function withConsent(
  amendments: Amendments,
  said: Said<{ readonly terms: string }>,
  present: Terms,
  hash: string,
): Amendments | Refusal {
  const { issuer } = said.statement;
  const amendment = amendments.get(said.body.terms);
  if (amendment === undefined || amendment.replaces !== hash)
    return refuse(
      "not-declared",
      `expected an amendment of the present terms ${hash.slice(0, 16)}…, got ${said.body.terms.slice(0, 16)}…`,
    );
  if (amendment.consents.has(issuer))
    return refuse("already-said", `expected one consent, got a second by ${issuer}`);
  const consents = new Map(amendment.consents).set(issuer, said.index);
  const isAdopted = isConsentEnough(present, [...consents.keys()]);
  return new Map(amendments).set(said.body.terms, {
    ...amendment,
    consents,
    adoptedAt: isAdopted ? said.index : undefined,
  });
}

/** Whether those who consent meet the rule by which terms are amended. */
export function isConsentEnough(terms: Terms, consenting: readonly string[]): boolean {
  if (terms.amendment === undefined) return false;
  return isMet(terms.amendment.when, {
    at: 0,
    bound: new Map(consenting.map((party): [string, Mode] => [party, "pause"])),
    instruments: new Map(),
    facts: noFacts,
    roll: rollOf(terms),
    held: new Map(),
  });
}
