import { agreementPropose, termsHash } from "@standstill/agreement";
import { actOf } from "../speak/act.ts";

/** Puts terms on an empty record, whole: from then on their hash names the agreement. */
export const propose = actOf(
  agreementPropose,
  ({ agreement }, { terms }) => agreement.hash === termsHash(terms),
);
