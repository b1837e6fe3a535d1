import { DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase } from "../case-state.ts";
import { notItsTurn, type RolesPart, turnIn } from "../turn.ts";
import { textSchema } from "./said-in-case.ts";

/** `case/extend`: whoever the agreement names gives a step that is due more time, once, before its time is out. */
export const caseExtend = defineStatement({
  type: "case/extend",
  version: DRAFT,
  roles: ["keeper", "party", "inspector", "adjudicator"],
  words: "Whoever the agreement names gives a step of a case more time, once.",
  body: z.strictObject({ case: nameSchema, step: nameSchema, reasons: textSchema }),
  reduce: (state: CaseTime & RolesPart, said) => {
    const { case: name, step: id, reasons } = said.body;
    return inCase(state, name, (one) => {
      const turn = turnIn(one, id, state);
      if ("refused" in turn) return turn;
      const { extension } = turn.step;
      if (extension === undefined)
        return refuse("not-declared", `expected a step that can be extended, got "${id}"`);
      const refusal = notItsTurn(extension.by, id, said.statement.issuer, one.party, state);
      if (refusal !== undefined) return refusal;
      if (one.extended.some((act) => act.step === id))
        return refuse("already-said", `expected more time for ${id} once, got it again`);
      if (turn.standing !== "due")
        return refuse(
          "issued-out-of-order",
          `expected more time for a step that is due, ${id} is not`,
        );
      const act = { step: id, ...eventOf(said, state, reasons) };
      return { ...one, extended: [...one.extended, act] };
    });
  },
});
