import { DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import type { Agreed, AgreedPart } from "../state.ts";

/** `agreement/adopt`: a party adopts the terms with this hash. Pledges count when every party has. */
export const agreementAdopt = defineStatement({
  type: "agreement/adopt",
  version: DRAFT,
  roles: ["party"],
  words: "A party adopts the terms; once all parties have, pledges count.",
  body: z.strictObject({ terms: sha256Schema }),
  reduce: ({ agreement }: AgreedPart, { index, statement: { issuer }, body }) => {
    if (body.terms !== agreement.hash)
      return refuse(
        "agreement-mismatch",
        `expected the proposed terms ${agreement.hash}, got ${body.terms}`,
      );
    if (agreement.adopted.has(issuer))
      return refuse("already-said", `expected one adoption, got a second by ${issuer}`);
    const adopted = new Map(agreement.adopted).set(issuer, index);
    const all = agreement.terms.parties.every((party) => adopted.has(party.id));
    const next: Agreed = { ...agreement, adopted, inForceSince: all ? index : undefined };
    return { agreement: next };
  },
});
