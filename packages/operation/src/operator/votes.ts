import { voteCast } from "@standstill/agreement";
import { actOf } from "../speak/act.ts";

/** Casts the party's ballot on a question that was put to the vote; the last one counts. */
export const castVote = actOf(
  voteCast,
  ({ agreement }, { question, ballot }, issuer) =>
    agreement.coalition.facts.votes.get(question)?.ballots.get(issuer) === ballot,
);
