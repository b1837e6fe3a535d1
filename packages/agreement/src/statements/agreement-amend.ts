import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { z } from "zod";
import type { Amendment } from "../amendment/amendment.ts";
import type { Agreed, AgreedPart } from "../state.ts";
import { termsHash, termsSchema } from "../terms/terms.ts";
import { contradictionIn } from "./agreement-propose.ts";

/**
 * `agreement/amend`: a party or the keeper proposes new terms, whole. They have no effect until the rule of the present terms is met by
 * those who consent.
 */
export const agreementAmend = defineStatement({
  type: "agreement/amend",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "Somebody proposes new terms; nothing changes until enough consent.",
  body: z.strictObject({ terms: termsSchema }),
  reduce: ({ agreement }: AgreedPart, { index, statement, body: { terms } }) => {
    if (agreement.terms.amendment === undefined)
      return refuse("not-declared", "expected terms that say how they are amended, got none");
    const wrong = contradictionIn(terms);
    if (wrong !== undefined) return refuse("contradictory-terms", wrong);
    const hash = termsHash(terms);
    if (hash === agreement.hash || agreement.amendments.has(hash))
      return refuse("already-said", "expected new terms, got terms that are on record");
    const proposed: Amendment = {
      terms,
      index,
      replaces: agreement.hash,
      proposedBy: statement.issuer,
      consents: new Map(),
      adoptedAt: undefined,
    };
    const amendments = new Map(agreement.amendments).set(hash, proposed);
    const next: Agreed = { ...agreement, amendments };
    return { agreement: next };
  },
});
