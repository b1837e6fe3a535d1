import {
  agreementAdopt,
  agreementAmend,
  agreementConsent,
  pledgeMake,
  pledgeSuspend,
  pledgeWithdraw,
  type Status,
  termsHash,
} from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import { actOf } from "../speak/act.ts";
import { sameWords } from "../speak/same-words.ts";

/** Adopts the terms with this hash: the ones that the party has read and checked. */
export const adopt = actOf(
  agreementAdopt,
  ({ agreement }, { terms }, issuer) => agreement.hash === terms && agreement.adopted.has(issuer),
);

/** Proposes new terms, whole. Nothing changes until enough consent. */
export const amend = actOf(
  agreementAmend,
  ({ agreement }, { terms }, issuer) =>
    agreement.amendments.get(termsHash(terms))?.proposedBy === issuer,
);

/** Consents to the amendment whose terms have this hash. */
export const consent = actOf(
  agreementConsent,
  ({ agreement }, { terms }, issuer) =>
    agreement.amendments.get(terms)?.consents.has(issuer) === true,
);

/** Pledges: the party is bound at a mode while a condition on the others holds. An offer that is over can be made again. */
export const pledge = actOf(pledgeMake, ({ agreement }, body, issuer) => {
  const { pledges, standings } = agreement.coalition;
  const { index: _, ...made } = pledges.get(issuer) ?? {};
  const status = standings.get(issuer)?.status;
  const openMs = body.openDays === undefined ? undefined : body.openDays * DAY_MS;
  const words = {
    mode: body.mode,
    while: body.while,
    graceMs: (body.graceDays ?? 0) * DAY_MS,
    noticeMs: (body.noticeDays ?? 0) * DAY_MS,
    openMs,
  };
  return body.support === undefined && isStanding(status) && sameWords(made, words);
});

function isStanding(status: Status | undefined): boolean {
  return (
    status === "offered" || status === "called" || status === "bound" || status === "suspended"
  );
}

/** Gives notice that the party leaves; it takes effect after the notice that the terms ask for. */
export const withdrawPledge = actOf(pledgeWithdraw);

/** Suspends the party's obligations, or takes them up again. It stays a party. */
export const suspendPledge = actOf(pledgeSuspend);
