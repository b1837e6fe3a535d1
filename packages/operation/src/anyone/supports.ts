import { supportSign, supportWithdraw } from "@standstill/agreement";
import { actOf } from "../speak/act.ts";

/** Puts somebody's support of an open letter on the record, as a salted commitment; the name stays off it. */
export const signSupport = actOf(supportSign, ({ agreement }, body, issuer) => {
  const support = agreement.supports.get(body.commitment);
  return support?.issuer === issuer && support.letter === body.letter;
});

/** Takes a support back that the issuer put on the record. */
export const withdrawSupport = actOf(supportWithdraw, ({ agreement }, { commitment }, issuer) => {
  const support = agreement.supports.get(commitment);
  return support?.issuer === issuer && support.withdrawnAt !== undefined;
});
