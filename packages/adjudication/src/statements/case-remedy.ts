import { DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase } from "../case-state.ts";
import { caseProgress } from "../progress.ts";
import { evidenceSchema, textSchema } from "./said-in-case.ts";

/**
 * `case/remedy`: the accused says that it has done what the ruling asked, after a violation was found and while a remedy is asked. The panel
 * rules whether that is so.
 */
export const caseRemedy = defineStatement({
  type: "case/remedy",
  version: DRAFT,
  roles: ["party"],
  words: "The accused says that it has done what a ruling asked.",
  body: z.strictObject({ case: nameSchema, text: textSchema, evidence: evidenceSchema }),
  reduce: (state: CaseTime, said) => {
    const { case: name, text } = said.body;
    const { issuer } = said.statement;
    return inCase(state, name, (one) => {
      if (issuer !== one.party)
        return refuse("not-its-own", `expected the remedy of ${one.party}, got one of ${issuer}`);
      const last = one.remedies.at(-1);
      if (last !== undefined && last.index > (one.rulings.at(-1)?.index ?? -1))
        return refuse("already-said", `expected the panel's word on the remedy in "${name}" first`);
      const { outcome } = caseProgress(one, state.clock.at);
      if (outcome !== "found" && outcome !== "unremedied")
        return refuse("issued-out-of-order", `expected a violation that is found, got ${outcome}`);
      return { ...one, remedies: [...one.remedies, eventOf(said, state, text)] };
    });
  },
});
