import { DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { type CaseTime, eventOf, inCase } from "../case-state.ts";
import { turnIn } from "../turn.ts";

/**
 * `case/vote`: a party besides the accused votes on a step that the agreement puts to the vote, once, while it is due. A ballot cannot be
 * changed, as the first is the last.
 */
export const caseVote = defineStatement({
  type: "case/vote",
  version: DRAFT,
  roles: ["party"],
  words: "A party votes on whether a case goes on; its first ballot counts.",
  body: z.strictObject({
    case: nameSchema,
    step: nameSchema,
    ballot: z.enum(["for", "against"]),
  }),
  reduce: (state: CaseTime, said) => {
    const { case: name, step: id, ballot } = said.body;
    const { issuer } = said.statement;
    return inCase(state, name, (one) => {
      const turn = turnIn(one, id, state);
      if ("refused" in turn) return turn;
      if (turn.step.light === undefined)
        return refuse("not-declared", `expected a step that is voted on, got "${id}"`);
      if (issuer === one.party)
        return refuse("not-its-own", `expected votes of the others, got one of ${issuer}`);
      if (one.ballots.some((cast) => cast.step === id && cast.issuer === issuer))
        return refuse("already-said", `expected one ballot of ${issuer} on ${id}, got a second`);
      if (turn.standing !== "due")
        return refuse("issued-out-of-order", `expected ballots while ${id} is due, it is not`);
      const cast = { step: id, ballot, ...eventOf(said, state, ballot) };
      return { ...one, ballots: [...one.ballots, cast] };
    });
  },
});
