import { DAY_MS, DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase } from "../case-state.ts";
import { evidenceSchema, textSchema } from "./said-in-case.ts";

/** `case/appeal`: the accused, or whoever opened the case, appeals against its first ruling, once, while that is open to appeal. */
export const caseAppeal = defineStatement({
  type: "case/appeal",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "The accused, or whoever opened a case, appeals against its ruling, once.",
  body: z.strictObject({ case: nameSchema, grounds: textSchema, evidence: evidenceSchema }),
  reduce: (state: CaseTime, said) => {
    const { case: name, grounds } = said.body;
    const { issuer } = said.statement;
    return inCase(state, name, (one) => {
      if (issuer !== one.party && issuer !== one.openedBy)
        return refuse(
          "not-its-own",
          `expected ${one.party} or ${one.openedBy ?? "nobody else"}, got ${issuer}`,
        );
      if (one.appeals.length > 0 || one.rulings.length > 1)
        return refuse("already-said", `expected one appeal in "${name}", got a second`);
      const days = one.procedure.rules?.appealWithinDays;
      const [ruling] = one.rulings;
      const isOpen =
        days !== undefined && ruling !== undefined && state.clock.at <= ruling.at + days * DAY_MS;
      if (!isOpen)
        return refuse("issued-out-of-order", `expected an appeal while one is open in "${name}"`);
      return { ...one, appeals: [eventOf(said, state, grounds)] };
    });
  },
});
