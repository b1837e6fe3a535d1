import { DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase, withStep } from "../case-state.ts";
import { rulingStep } from "../procedure.ts";
import { notItsTurn, type RolesPart, turnIn } from "../turn.ts";
import { evidenceSchema, textSchema } from "./said-in-case.ts";

/** `case/step`: whoever the agreement names takes the step of a case that is due, once. A ruling is none: it is `case/rule`. */
export const caseStep = defineStatement({
  type: "case/step",
  version: DRAFT,
  roles: ["keeper", "party", "inspector", "adjudicator"],
  words: "Whoever the agreement names takes the step of a case that is due.",
  body: z.strictObject({
    case: nameSchema,
    /** A step of the agreement's adjudication. */
    step: nameSchema,
    text: textSchema,
    evidence: evidenceSchema,
  }),
  reduce: (state: CaseTime & RolesPart, said) => {
    const { case: name, step: id, text } = said.body;
    return inCase(state, name, (one) => {
      const turn = turnIn(one, id, state);
      if ("refused" in turn) return turn;
      const { step, standing } = turn;
      if (step.id === rulingStep(one.procedure)?.id)
        return refuse("malformed-body", `expected a ruling as case/rule, got a step ${id}`);
      if (step.light !== undefined)
        return refuse("malformed-body", `expected ballots on ${id} as case/vote, got a step`);
      if (one.acts.some((act) => act.step === id))
        return refuse("already-said", `expected ${id} once in "${name}", got it again`);
      const refusal = notItsTurn(step.by, id, said.statement.issuer, one.party, state);
      if (refusal !== undefined) return refusal;
      if (standing === "to-come" || standing === "skipped")
        return refuse(
          "issued-out-of-order",
          `expected ${id} when it is its turn, it is ${standing}`,
        );
      return withStep(one, id, eventOf(said, state, text));
    });
  },
});
