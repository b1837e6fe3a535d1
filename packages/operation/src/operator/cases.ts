import { caseAnswer, caseAppeal, caseRemedy, caseVote } from "@standstill/adjudication";
import { actOf } from "../speak/act.ts";

/** Answers in a case in which the party was asked, once. */
export const answer = actOf(
  caseAnswer,
  ({ cases }, body) => cases.cases.get(body.case)?.answer?.text === body.answer,
);

/** Appeals against the first ruling of a case, once. */
export const appeal = actOf(caseAppeal);

/** Says that the party has done what a ruling asked. The panel rules whether that is so. */
export const remedy = actOf(caseRemedy);

/** Votes on a step of a case that the agreement puts to the vote; a ballot cannot be changed. */
export const voteInCase = actOf(
  caseVote,
  ({ cases }, body, issuer) =>
    cases.cases
      .get(body.case)
      ?.ballots.some(
        (cast) => cast.issuer === issuer && cast.step === body.step && cast.ballot === body.ballot,
      ) === true,
);
