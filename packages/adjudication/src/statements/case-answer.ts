import { DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase, withStep } from "../case-state.ts";
import { textSchema } from "./said-in-case.ts";

/** `case/answer`: the party that was asked answers, once. It takes the first step that is the accused's and not taken yet. */
export const caseAnswer = defineStatement({
  type: "case/answer",
  version: DRAFT,
  roles: ["party"],
  words: "The party that a case is about answers, once.",
  body: z.strictObject({ case: nameSchema, answer: textSchema }),
  reduce: (state: CaseTime, said) => {
    const { issuer } = said.statement;
    const { case: name, answer } = said.body;
    return inCase(state, name, (asked) => {
      if (asked.party !== issuer)
        return refuse("not-its-own", `expected the answer of ${asked.party}, got one of ${issuer}`);
      if (asked.answer !== undefined)
        return refuse("already-said", `expected one answer, got a second in "${name}"`);
      const answered = { ...asked, answer: { index: said.index, text: answer } };
      const step = asked.procedure.rules?.steps.find(
        ({ by, id }) => by === "accused" && !asked.acts.some((act) => act.step === id),
      );
      return step === undefined
        ? answered
        : withStep(answered, step.id, eventOf(said, state, answer));
    });
  },
});
