import { indicatorClaim } from "@standstill/indicators";
import { actOf } from "../speak/act.ts";
import { sameWords } from "../speak/same-words.ts";

/** Puts on the record what the party says of itself in public, so that others may reproduce or contradict it. */
export const claim = actOf(indicatorClaim, ({ indicators }, body, issuer) => {
  const claims = indicators.claims.get(`${issuer} ${body.indicator}`) ?? [];
  return claims.some((one) => sameWords(one.body, body));
});
