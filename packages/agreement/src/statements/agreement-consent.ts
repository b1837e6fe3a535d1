import { type ClockPart, DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { type Amendment, isConsentEnough } from "../amendment/amendment.ts";
import { advance } from "../coalition/coalition.ts";
import type { Act } from "../coalition/rules.ts";
import type { Agreed, AgreedPart } from "../state.ts";
import { rulesOf } from "../terms/rules-of.ts";

/**
 * `agreement/consent`: a party consents to the amendment whose terms have this hash. The terms change at the entry at which enough have, and
 * whoever is no party of the new ones leaves then.
 */
export const agreementConsent = defineStatement({
  type: "agreement/consent",
  version: DRAFT,
  roles: ["party"],
  words: "A party consents to new terms; they hold from the entry on at which enough have.",
  body: z.strictObject({ terms: sha256Schema }),
  reduce: ({ agreement, clock }: AgreedPart & ClockPart, { index, statement, body }) => {
    const { issuer } = statement;
    const amendment = agreement.amendments.get(body.terms);
    if (amendment === undefined || amendment.replaces !== agreement.hash)
      return refuse(
        "not-declared",
        `expected an amendment of the present terms ${agreement.hash.slice(0, 16)}…, got ${body.terms.slice(0, 16)}…`,
      );
    if (amendment.consents.has(issuer))
      return refuse("already-said", `expected one consent, got a second by ${issuer}`);
    const consents = new Map(amendment.consents).set(issuer, index);
    const isAdopted = isConsentEnough(agreement.terms, [...consents.keys()]);
    const now: Amendment = { ...amendment, consents, adoptedAt: isAdopted ? index : undefined };
    const amendments = new Map(agreement.amendments).set(body.terms, now);
    const consented: Agreed = { ...agreement, amendments };
    return {
      agreement: isAdopted ? amended(consented, now, body.terms, clock.at, index) : consented,
    };
  },
});

function amended(
  agreement: Agreed,
  { terms }: Amendment,
  hash: string,
  at: number,
  index: number,
): Agreed {
  const stays = new Set(terms.parties.map(({ id }) => id));
  const leaves = [...agreement.coalition.standings.keys()].filter((party) => !stays.has(party));
  const coalition = advance(rulesOf(terms), agreement.coalition, {
    at,
    index,
    acts: leaves.map((party): Act => ({ act: "withdraw", party, endsAt: at })),
  });
  const versions = [...agreement.versions, { terms, hash, from: at, index }];
  return { ...agreement, terms, hash, versions, coalition };
}
