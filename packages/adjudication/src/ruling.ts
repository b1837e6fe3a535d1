import { type Facts, type Terms, withAcceptance, withRuling } from "@standstill/agreement";
import { type Refusal, refuse, type Said } from "@standstill/record";
import type { z } from "zod";
import type { Case, CaseState } from "./case.ts";
import { rulingStep, stepsOf } from "./procedure.ts";
import { caseProgress } from "./progress.ts";
import { type CaseContext, caseIn, eventOf, withCase } from "./reducer.ts";
import type { caseAppeal, caseRemedy, caseRule, safeguardAccept } from "./statements.ts";

type Ruling = z.infer<typeof caseRule.body>;

/**
 * Whether the panel may rule now, and the cases with its ruling. A violation is found or denied in a case only: after the steps before
 * it, within its time, about the party that the case is about, by the agreement's standard. A second ruling answers an appeal or
 * says that a violation is remedied. A ruling on a question alone needs no case, and has no clock.
 */
export function reduceRulingInCase(
  state: CaseState,
  said: Said<Ruling>,
  { at }: CaseContext,
): CaseState | Refusal {
  const { case: name, party, violation, standard, remedy, recused = [] } = said.body;
  const one = state.cases.get(name);
  if (one === undefined)
    return violation === undefined
      ? state
      : refuse("not-declared", `expected a violation in a case on record, got "${name}"`);
  if (party !== undefined && party !== one.party)
    return refuse("malformed-body", `expected a ruling about ${one.party}, got one about ${party}`);
  const { panel, standard: agreed } = one.procedure.rules ?? {};
  if (panel !== undefined && said.statement.issuer !== panel)
    return refuse("not-its-own", `expected a ruling by ${panel}, got ${said.statement.issuer}`);
  if (violation !== undefined && agreed !== undefined && standard !== agreed)
    return refuse("malformed-body", `expected the standard "${agreed}", got "${standard ?? ""}"`);
  if (remedy !== undefined && violation !== "found")
    return refuse("malformed-body", "expected a remedy with a violation that is found");
  const refusal = checkTurn(one, violation, at);
  if (refusal !== undefined) return refusal;
  const event = eventOf(said, at, said.body.reasons);
  const ruling = {
    ...event,
    violation: violation ?? null,
    remedy: remedy ?? null,
    recused,
  };
  const ruled = { ...one, rulings: [...one.rulings, ruling] };
  const step = rulingStep(one.procedure);
  const isTaken = step === undefined || one.acts.some((act) => act.step === step.id);
  return withCase(
    state,
    isTaken ? ruled : { ...ruled, acts: [...one.acts, { step: step.id, ...event }] },
  );
}

function checkTurn(one: Case, violation: Ruling["violation"], at: number): Refusal | undefined {
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

/** `case/rule`: what conditions read of a ruling. A ruling about a party names one of the agreement. */
export function reduceRuling(facts: Facts, said: Said<Ruling>, terms: Terms): Facts | Refusal {
  const { case: name, question, answer, party, violation } = said.body;
  if ((question === undefined) !== (answer === undefined))
    return refuse(
      "malformed-body",
      "expected a question with its answer, got one without the other",
    );
  if ((party === undefined) !== (violation === undefined))
    return refuse("malformed-body", "expected a party with a finding, got one without the other");
  if (party !== undefined && !terms.parties.some(({ id }) => id === party))
    return refuse("not-declared", `expected a party of the agreement, got "${party}"`);
  return withRuling(facts, name, { question, answer, party, violation });
}

/** `case/appeal`: by the accused or by whoever opened the case, against its first ruling, while that is open to appeal. */
export function reduceAppeal(
  state: CaseState,
  said: Said<z.infer<typeof caseAppeal.body>>,
  { at }: CaseContext,
): CaseState | Refusal {
  const { case: name } = said.body;
  const { issuer } = said.statement;
  const one = caseIn(state, name);
  if ("refused" in one) return one;
  if (issuer !== one.party && issuer !== one.openedBy)
    return refuse(
      "not-its-own",
      `expected ${one.party} or ${one.openedBy ?? "nobody else"}, got ${issuer}`,
    );
  if (one.appeals.length > 0 || one.rulings.length > 1)
    return refuse("already-said", `expected one appeal in "${name}", got a second`);
  const days = one.procedure.rules?.appealWithinDays;
  const [ruling] = one.rulings;
  if (days === undefined || ruling === undefined || at > ruling.at + days * 86_400_000)
    return refuse("issued-out-of-order", `expected an appeal while one is open in "${name}"`);
  return withCase(state, { ...one, appeals: [eventOf(said, at, said.body.grounds)] });
}

/** `case/remedy`: by the accused, after a violation was found and while a remedy is asked. */
export function reduceRemedy(
  state: CaseState,
  said: Said<z.infer<typeof caseRemedy.body>>,
  { at }: CaseContext,
): CaseState | Refusal {
  const { case: name } = said.body;
  const { issuer } = said.statement;
  const one = caseIn(state, name);
  if ("refused" in one) return one;
  if (issuer !== one.party)
    return refuse("not-its-own", `expected the remedy of ${one.party}, got one of ${issuer}`);
  const { outcome } = caseProgress(one, at);
  const last = one.remedies.at(-1);
  if (last !== undefined && last.index > (one.rulings.at(-1)?.index ?? -1))
    return refuse("already-said", `expected the panel's word on the remedy in "${name}" first`);
  if (outcome !== "found" && outcome !== "unremedied")
    return refuse("issued-out-of-order", `expected a violation that is found, got ${outcome}`);
  return withCase(state, {
    ...one,
    remedies: [...one.remedies, eventOf(said, at, said.body.text)],
  });
}

/** `safeguard/accept`: by the role that the terms name for this safeguard, where they name one. */
export function reduceAcceptance(
  facts: Facts,
  said: Said<z.infer<typeof safeguardAccept.body>>,
  terms: Terms,
): Facts | Refusal {
  const { safeguard, accepted, model } = said.body;
  const asked = terms.safeguards?.find(({ id }) => id === safeguard);
  if (asked === undefined)
    return refuse("not-declared", `expected a safeguard of the terms, got "${safeguard}"`);
  if (asked.assessedBy !== undefined && asked.assessedBy !== said.statement.issuer)
    return refuse(
      "not-its-own",
      `expected an assessment by ${asked.assessedBy}, got one by ${said.statement.issuer}`,
    );
  return withAcceptance(facts, { safeguard, accepted, model });
}
