import { contradictionReport, envelopeBody, type SignedStatement } from "@standstill/record";
import { actOf } from "../speak/act.ts";
import type { Entry } from "../speak/registrar.ts";
import type { Speaker } from "../speak/speaker.ts";

/** Shows that an issuer signed, with the number of a statement on record, other words. Whatever the record shows already is not shown again. */
export function showContradiction(
  speaker: Speaker,
  other: SignedStatement,
): Promise<Entry | undefined> {
  return actOf(contradictionReport, ({ contradictions }) =>
    contradictions.some(({ ids }) => ids[1] === other.id),
  )(speaker, { other: envelopeBody(other.envelope) });
}
