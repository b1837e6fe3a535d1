import { DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import type { Agreed, AgreedPart } from "../state.ts";

/** `support/withdraw`: a support is taken back, by whoever put it on record, once. */
export const supportWithdraw = defineStatement({
  type: "support/withdraw",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "A support of an open letter is taken back by whoever put it on record.",
  body: z.strictObject({ commitment: sha256Schema }),
  reduce: ({ agreement }: AgreedPart, { index, statement: { issuer }, body: { commitment } }) => {
    const support = agreement.supports.get(commitment);
    if (support === undefined)
      return refuse("not-declared", "expected a support on record, got an unknown commitment");
    if (support.issuer !== issuer)
      return refuse("not-its-own", `expected the withdrawal by ${support.issuer}, got ${issuer}`);
    if (support.withdrawnAt !== undefined)
      return refuse("already-said", "expected one withdrawal, got a second");
    const supports = agreement.supports.change(commitment, { withdrawnAt: index });
    const next: Agreed = { ...agreement, supports };
    return { agreement: next };
  },
});
