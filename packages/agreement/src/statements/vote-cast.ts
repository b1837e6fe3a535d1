import { type ClockPart, DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { BALLOTS, withBallot } from "../facts.ts";
import { settled } from "../settle.ts";
import type { AgreedPart } from "../state.ts";

/** `vote/cast`: a party's ballot; the last one counts. */
export const voteCast = defineStatement({
  type: "vote/cast",
  version: DRAFT,
  roles: ["party"],
  words: "A party votes on a question; its last ballot counts.",
  body: z.strictObject({ question: nameSchema, ballot: z.enum(BALLOTS) }),
  reduce: ({ agreement, clock }: AgreedPart & ClockPart, { index, statement, body }) => {
    const { question, ballot } = body;
    const { facts } = agreement.coalition;
    if (!facts.votes.has(question))
      return refuse("not-declared", `expected a question put to the vote, got "${question}"`);
    const voted = withBallot(facts, question, statement.issuer, ballot);
    return { agreement: settled(agreement, voted, clock.at, index) };
  },
});
