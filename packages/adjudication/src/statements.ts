import { acceptanceSchema, rulingSchema } from "@standstill/agreement";
import { nameSchema, type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";

const text = z.string().min(1).max(2000);
/** SHA-256 of what a word rests on; what is confidential stays a commitment. */
const evidence = sha256Schema.nullable();

/**
 * `case/open`: the keeper or a party asks another party to clarify. It accuses nobody. It names the findings of a verdict on record, or a
 * clause that no verdict judges, or both.
 */
export const caseOpen = {
  type: "case/open",
  roles: ["keeper", "party"],
  body: z
    .strictObject({
      case: nameSchema,
      party: nameSchema,
      /** Id of the `verdict/publish` whose findings are to be clarified. */
      verdict: sha256Schema.optional(),
      findings: z.array(nameSchema).max(50),
      /** An obligation of the terms, or a report that they ask for. */
      clause: nameSchema.optional(),
      question: text,
    })
    .refine(
      ({ verdict, findings }) => (verdict === undefined) === (findings.length === 0),
      "expected findings of a verdict, or neither",
    )
    .refine(
      ({ verdict, clause }) => verdict !== undefined || clause !== undefined,
      "expected a verdict or a clause, got neither",
    ),
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
    evidence,
  }),
} satisfies StatementKind;

/** `case/extend`: whoever the agreement names gives a step more time, once, before its time is out. */
export const caseExtend = {
  type: "case/extend",
  roles: ["keeper", "party", "inspector", "adjudicator"],
  body: z.strictObject({ case: nameSchema, step: nameSchema, reasons: text }),
} satisfies StatementKind;

/** `case/vote`: a party votes on a step that the agreement puts to the vote; the last ballot cannot be changed, as the first is the last. */
export const caseVote = {
  type: "case/vote",
  roles: ["party"],
  body: z.strictObject({
    case: nameSchema,
    step: nameSchema,
    ballot: z.enum(["for", "against"]),
  }),
} satisfies StatementKind;

/**
 * `case/rule`: the panel rules. What conditions read of it is fixed by the agreement's language; the reasons are for people. `violation`
 * comes from here and from nowhere else, and only in a case that has gone through its steps.
 */
export const caseRule = {
  type: "case/rule",
  roles: ["adjudicator"],
  body: z.strictObject({
    case: nameSchema,
    ...rulingSchema.shape,
    reasons: text,
    /** The standard of proof that was held to, in the agreement's words. */
    standard: z.string().min(1).max(500).optional(),
    /** Members that took no part, besides those who are accused or opened the case. */
    recused: z.array(nameSchema).max(100).optional(),
    /** What the party has to do, and by when. */
    remedy: z.strictObject({ text, withinHours: z.int().min(1).max(87_600) }).optional(),
  }),
} satisfies StatementKind;

/** `case/appeal`: the accused, or whoever opened the case, appeals against its first ruling, once. */
export const caseAppeal = {
  type: "case/appeal",
  roles: ["keeper", "party"],
  body: z.strictObject({ case: nameSchema, grounds: text, evidence }),
} satisfies StatementKind;

/** `case/remedy`: the accused says that it has done what the ruling asked. The panel rules whether that is so. */
export const caseRemedy = {
  type: "case/remedy",
  roles: ["party"],
  body: z.strictObject({ case: nameSchema, text, evidence }),
} satisfies StatementKind;

/** `case/withdraw`: whoever opened a case takes it back, before a ruling. It stays on record. */
export const caseWithdraw = {
  type: "case/withdraw",
  roles: ["keeper", "party"],
  body: z.strictObject({ case: nameSchema, reasons: text }),
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
