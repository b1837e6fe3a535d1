import type { UnderTerms } from "@standstill/agreement";
import {
  type ClockPart,
  DRAFT,
  defineStatement,
  nameSchema,
  refuse,
  sha256Schema,
} from "@standstill/record";
import { z } from "zod";
import { eventOf } from "../case-state.ts";
import { entryOf, type SafeguardPart, withEntry } from "../safeguards.ts";
import { textSchema } from "./said-in-case.ts";

/**
 * `safeguard/submit`: a party hands in how it has put a safeguard of the terms in place, for all that it does or for one model. A later
 * submission of the same party replaces the earlier.
 */
export const safeguardSubmit = defineStatement({
  type: "safeguard/submit",
  version: DRAFT,
  roles: ["party"],
  words: "A party hands in how it has put a safeguard of the terms in place.",
  body: z.strictObject({
    safeguard: nameSchema,
    model: nameSchema.optional(),
    text: textSchema,
    /** SHA-256 of the evidence; what is confidential stays a commitment. */
    evidence: sha256Schema,
  }),
  reduce: (state: SafeguardPart & UnderTerms<"safeguards"> & ClockPart, said) => {
    const { safeguard, model, text, evidence } = said.body;
    const { safeguards = [] } = state.agreement.terms;
    if (!safeguards.some(({ id }) => id === safeguard))
      return refuse("not-declared", `expected a safeguard of the terms, got "${safeguard}"`);
    const entry = entryOf(state.safeguards, safeguard, model);
    const others = entry.submissions.filter(({ issuer }) => issuer !== said.statement.issuer);
    const submission = { ...eventOf(said, state, text), evidence };
    return withEntry(state.safeguards, { ...entry, submissions: [...others, submission] });
  },
});
