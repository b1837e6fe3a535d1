import { type ClockPart, DRAFT, defineStatement, nameSchema, refuse } from "@standstill/record";
import { z } from "zod";
import { withVote } from "../facts.ts";
import { settled } from "../settle.ts";
import type { AgreedPart } from "../state.ts";

/** `vote/open`: a question of the terms is put to the vote, once. */
export const voteOpen = defineStatement({
  type: "vote/open",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "Somebody puts a question of the terms to the vote.",
  body: z.strictObject({ question: nameSchema, about: z.string().min(1).max(2000) }),
  reduce: ({ agreement, clock: { at } }: AgreedPart & ClockPart, { index, body: { question } }) => {
    const { facts } = agreement.coalition;
    if (facts.votes.has(question))
      return refuse("already-said", `expected a new question, got "${question}" again`);
    return { agreement: settled(agreement, withVote(facts, question, at), at, index) };
  },
});
