import { DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase } from "../case-state.ts";
import { textSchema } from "./said-in-case.ts";

/** `case/withdraw`: whoever opened a case takes it back, before a ruling. It stays on record. */
export const caseWithdraw = defineStatement({
  type: "case/withdraw",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "Whoever opened a case takes it back, before a ruling.",
  body: z.strictObject({ case: nameSchema, reasons: textSchema }),
  reduce: (state: CaseTime, said) => {
    const { case: name, reasons } = said.body;
    const { issuer } = said.statement;
    return inCase(state, name, (one) => {
      if (one.openedBy !== issuer)
        return refuse(
          "not-its-own",
          `expected the withdrawal by ${one.openedBy ?? "nobody"}, got ${issuer}`,
        );
      if (one.withdrawn !== undefined || one.rulings.length > 0)
        return refuse("already-said", `expected a case without a ruling, got "${name}"`);
      return { ...one, withdrawn: eventOf(said, state, reasons) };
    });
  },
});
