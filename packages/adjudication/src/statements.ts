import { acceptanceSchema, rulingSchema } from "@standstill/agreement";
import { nameSchema, type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";

const text = z.string().min(1).max(2000);

/** `case/open`: the keeper or a party asks another party to clarify findings of a verdict. It accuses nobody. */
export const caseOpen = {
  type: "case/open",
  roles: ["keeper", "party"],
  body: z.strictObject({
    case: nameSchema,
    party: nameSchema,
    /** Id of the `verdict/publish` whose findings are to be clarified. */
    verdict: sha256Schema,
    findings: z.array(nameSchema).min(1).max(50),
    question: text,
  }),
} satisfies StatementKind;

/** `case/answer`: the party that was asked answers, once. */
export const caseAnswer = {
  type: "case/answer",
  roles: ["party"],
  body: z.strictObject({ case: nameSchema, answer: text }),
} satisfies StatementKind;

/** `case/step`: whoever the agreement names takes the step of a case that is due. */
export const caseStep = {
  type: "case/step",
  roles: ["keeper", "party", "inspector", "adjudicator"],
  body: z.strictObject({
    case: nameSchema,
    /** A step of the agreement's adjudication. */
    step: nameSchema,
    text,
    /** SHA-256 of what the step rests on; what is confidential stays a commitment. */
    evidence: sha256Schema.nullable(),
  }),
} satisfies StatementKind;

/**
 * `case/rule`: the panel rules. What conditions read of it is fixed by the agreement's language; the reasons are for
 * people. `violation` comes from here and from nowhere else.
 */
export const caseRule = {
  type: "case/rule",
  roles: ["adjudicator"],
  body: z.strictObject({
    case: nameSchema,
    ...rulingSchema.shape,
    reasons: text,
  }),
} satisfies StatementKind;

/** `safeguard/accept`: an assessor accepts a safeguard of the terms, or takes the acceptance back. */
export const safeguardAccept = {
  type: "safeguard/accept",
  roles: ["assessor", "adjudicator"],
  body: z.strictObject({
    ...acceptanceSchema.shape,
    /** SHA-256 of the evidence that the assessment rests on. */
    evidence: sha256Schema,
    reasons: text,
  }),
} satisfies StatementKind;
