import {
  acceptanceSchema,
  type Facts,
  type UnderTerms,
  withAcceptance,
} from "@standstill/agreement";
import { type ClockPart, DRAFT, defineStatement, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { eventOf } from "../case-state.ts";
import { entryOf, type SafeguardPart, withEntry } from "../safeguards.ts";
import { textSchema } from "./said-in-case.ts";

const acceptSchema = z.strictObject({
  ...acceptanceSchema.shape,
  /** SHA-256 of the evidence that the assessment rests on. */
  evidence: sha256Schema,
  reasons: textSchema,
});

type AssessmentState = SafeguardPart & UnderTerms<"safeguards"> & ClockPart;

/**
 * `safeguard/accept`: an assessor accepts a safeguard of the terms, or takes the acceptance back; the role that the terms name for this
 * safeguard, where they name one.
 *
 * Nobody accepts its own safeguard: signatures of those who handed it in for a model do not count. What is handed in for everything that
 * parties do is asked of all of them, so that nobody would be left.
 */
export const safeguardAccept = defineStatement({
  type: "safeguard/accept",
  version: DRAFT,
  roles: ["assessor", "adjudicator"],
  words: "An assessor accepts a safeguard of the terms, or takes the acceptance back.",
  body: acceptSchema,
  signers: ({ safeguards }: AssessmentState, { safeguard, model }) => {
    const { submissions } = entryOf(safeguards, safeguard, model);
    const own = model === undefined ? [] : submissions.map(({ issuer }) => issuer);
    return { recused: new Set(own), needed: 1 };
  },
  reduce: (state: AssessmentState, said) => {
    const { safeguard, model, accepted, evidence, reasons } = said.body;
    const asked = state.agreement.terms.safeguards?.find(({ id }) => id === safeguard);
    if (asked === undefined)
      return refuse("not-declared", `expected a safeguard of the terms, got "${safeguard}"`);
    if (asked.assessedBy !== undefined && asked.assessedBy !== said.statement.issuer)
      return refuse(
        "not-its-own",
        `expected an assessment by ${asked.assessedBy}, got one by ${said.statement.issuer}`,
      );
    const assessment = { ...eventOf(said, state, reasons), accepted, evidence };
    const entry = entryOf(state.safeguards, safeguard, model);
    return withEntry(state.safeguards, { ...entry, assessment });
  },
});

/** What conditions read of an acceptance. */
export function factsOfAcceptance(facts: Facts, body: z.infer<typeof acceptSchema>): Facts {
  const { safeguard, accepted, model } = body;
  return withAcceptance(facts, { safeguard, accepted, model });
}
