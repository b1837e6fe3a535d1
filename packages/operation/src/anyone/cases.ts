import { caseExtend, caseOpen, caseStep, caseWithdraw } from "@standstill/adjudication";
import { actOf } from "../speak/act.ts";

/** Asks a party to clarify findings of a verdict, or a clause that no verdict judges. It accuses nobody. */
export const openCase = actOf(caseOpen, ({ cases }, body, issuer) => {
  const open = cases.cases.get(body.case);
  return (
    open?.openedBy === issuer &&
    open.party === body.party &&
    open.verdict === (body.verdict ?? null) &&
    open.clause === (body.clause ?? null) &&
    open.question === body.question
  );
});

/** Takes a case back that the issuer opened, before a ruling. It stays on record. */
export const withdrawCase = actOf(
  caseWithdraw,
  ({ cases }, body, issuer) => cases.cases.get(body.case)?.withdrawn?.issuer === issuer,
);

/** Takes the step of a case that is due, where the agreement names the issuer for it. */
export const takeStep = actOf(
  caseStep,
  ({ cases }, body, issuer) =>
    cases.cases
      .get(body.case)
      ?.acts.some(
        (act) => act.step === body.step && act.issuer === issuer && act.text === body.text,
      ) === true,
);

/** Gives a step of a case more time, once, where the agreement names the issuer for that. */
export const extendStep = actOf(
  caseExtend,
  ({ cases }, body, issuer) =>
    cases.cases
      .get(body.case)
      ?.extended.some((act) => act.step === body.step && act.issuer === issuer) === true,
);
