import { type Facts, rulingSchema, type UnderTerms, withRuling } from "@standstill/agreement";
import {
  DRAFT,
  defineStatement,
  isRefusal,
  nameSchema,
  type Refusal,
  refuse,
  type Said,
} from "@standstill/record";
import { z } from "zod";
import type { Case, CaseRuling } from "../case.ts";
import { type CaseTime, eventOf, inCase, withStep } from "../case-state.ts";
import { panelSigning } from "../panel.ts";
import { rulingStep, stepsOf } from "../procedure.ts";
import { caseProgress } from "../progress.ts";
import { textSchema } from "./said-in-case.ts";

const ruleSchema = z.strictObject({
  case: nameSchema,
  ...rulingSchema.shape,
  reasons: textSchema,
  /** The standard of proof that was held to, in the agreement's words. */
  standard: z.string().min(1).max(500).optional(),
  /** Members that took no part, besides those who are accused or opened the case. */
  recused: z.array(nameSchema).max(100).optional(),
  /** What the party has to do, and by when. */
  remedy: z.strictObject({ text: textSchema, withinHours: z.int().min(1).max(87_600) }).optional(),
});

/** What a panel rules. */
export type PanelRuling = z.infer<typeof ruleSchema>;

type RulingState = CaseTime & UnderTerms<"adjudication" | "parties" | "roles">;

/**
 * `case/rule`: the panel rules. What conditions read of it is fixed by the agreement's language; the reasons are for people. `violation`
 * comes from here and from nowhere else, and only in a case: after the steps before it, within its time, about the party that the case is
 * about, by the agreement's standard. A second ruling answers an appeal or says that a violation is remedied. A ruling on a question alone
 * needs no case, and has no clock.
 */
export const caseRule = defineStatement({
  type: "case/rule",
  version: DRAFT,
  roles: ["adjudicator"],
  words: "The panel rules in a case, or answers a question of the terms.",
  body: ruleSchema,
  signers: ({ agreement, cases }: RulingState, body, issuer) =>
    panelSigning(agreement.terms, cases.cases.get(body.case), body.recused ?? [], issuer),
  reduce: (state: RulingState, said) => {
    const { case: name, violation } = said.body;
    const isOutside = violation === undefined && !state.cases.cases.has(name);
    const ruled = isOutside
      ? { cases: state.cases }
      : inCase(state, name, (one) => ruledIn(one, said, state));
    if (isRefusal(ruled)) return ruled;
    return unclear(said.body, state) ?? ruled;
  },
});

/** What conditions read of a ruling. */
export function factsOfRuling(facts: Facts, body: PanelRuling): Facts {
  const { case: name, question, answer, party, violation } = body;
  return withRuling(facts, name, { question, answer, party, violation });
}

function ruledIn(one: Case, said: Said<PanelRuling>, state: CaseTime): Case | Refusal {
  const { party, violation, standard, remedy, recused = [], reasons } = said.body;
  if (party !== undefined && party !== one.party)
    return refuse("malformed-body", `expected a ruling about ${one.party}, got one about ${party}`);
  const { panel, standard: agreed } = one.procedure.rules ?? {};
  if (panel !== undefined && said.statement.issuer !== panel)
    return refuse("not-its-own", `expected a ruling by ${panel}, got ${said.statement.issuer}`);
  if (violation !== undefined && agreed !== undefined && standard !== agreed)
    return refuse("malformed-body", `expected the standard "${agreed}", got "${standard ?? ""}"`);
  if (remedy !== undefined && violation !== "found")
    return refuse("malformed-body", "expected a remedy with a violation that is found");
  const refusal = outOfTurn(one, violation, state.clock.at);
  if (refusal !== undefined) return refusal;
  const event = eventOf(said, state, reasons);
  const ruling: CaseRuling = {
    ...event,
    violation: violation ?? null,
    remedy: remedy ?? null,
    recused,
  };
  const ruled = { ...one, rulings: [...one.rulings, ruling] };
  const step = rulingStep(one.procedure);
  return step === undefined ? ruled : withStep(ruled, step.id, event);
}

function outOfTurn(
  one: Case,
  violation: PanelRuling["violation"],
  at: number,
): Refusal | undefined {
  const { phase, outcome } = caseProgress(one, at);
  if (one.rulings.length > 0) {
    const isRemedied =
      violation === "remedied" && (outcome === "found" || outcome === "unremedied");
    return isRemedied || (phase === "appealed" && violation !== "remedied")
      ? undefined
      : refuse("already-said", `expected one ruling in "${one.name}", or one on an appeal`);
  }
  if (violation === "remedied")
    return refuse("issued-out-of-order", "expected a violation to be found before it is remedied");
  if (phase === "closed")
    return refuse(
      "issued-out-of-order",
      `expected a case that is open, got one that is ${outcome}`,
    );
  const step = rulingStep(one.procedure);
  const standing = stepsOf(one, at).find(({ id }) => id === step?.id)?.standing;
  return standing === undefined || standing === "due"
    ? undefined
    : refuse(
        "issued-out-of-order",
        `expected a ruling when the panel's step is due, it is ${standing}`,
      );
}

/** A ruling says a question with its answer, a party of the agreement with its finding, or neither. */
function unclear(
  { question, answer, party, violation }: PanelRuling,
  { agreement }: UnderTerms<"parties">,
): Refusal | undefined {
  if ((question === undefined) !== (answer === undefined))
    return refuse(
      "malformed-body",
      "expected a question with its answer, got one without the other",
    );
  if ((party === undefined) !== (violation === undefined))
    return refuse("malformed-body", "expected a party with a finding, got one without the other");
  return party === undefined || agreement.terms.parties.some(({ id }) => id === party)
    ? undefined
    : refuse("not-declared", `expected a party of the agreement, got "${party}"`);
}
