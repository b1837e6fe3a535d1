import { DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import type { Agreed, AgreedPart } from "../state.ts";
import { VERIFICATIONS } from "../support/supports.ts";

/** `support/sign`: somebody supports an open letter. The name stays off the log: only a salted commitment is on it, once. */
export const supportSign = defineStatement({
  type: "support/sign",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "Somebody's support of an open letter is taken in, as a commitment without a name.",
  body: z.strictObject({
    /** SHA-256 of the letter that is supported. */
    letter: sha256Schema,
    commitment: sha256Schema,
    verified: z.enum(VERIFICATIONS),
  }),
  reduce: ({ agreement }: AgreedPart, { index, statement: { issuer }, body }) => {
    const { commitment, letter, verified } = body;
    if (agreement.supports.has(commitment))
      return refuse("already-said", "expected a new support, got a commitment that is on record");
    const supports = agreement.supports.append(commitment, { letter, verified, issuer, index });
    const next: Agreed = { ...agreement, supports };
    return { agreement: next };
  },
});
