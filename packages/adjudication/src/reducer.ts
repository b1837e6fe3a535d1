import { type Facts, type Terms, withAcceptance, withRuling } from "@standstill/agreement";
import { type Refusal, refuse, type Said } from "@standstill/record";
import { OrderedMap } from "immutable";
import type { z } from "zod";
import type { Case } from "./case.ts";
import { type Actor, type ProcedureSteps, stepsOf } from "./procedure.ts";
import type { caseAnswer, caseOpen, caseRule, caseStep, safeguardAccept } from "./statements.ts";

/** All cases, by name. */
export interface CaseState {
  readonly cases: OrderedMap<string, Case>;
}

/** Before any case. */
export const noCases: CaseState = { cases: OrderedMap() };

/** What the record says of a verdict: about whom it is, and which checks found something. */
export interface JudgedVerdict {
  readonly party: string;
  readonly findings: readonly string[];
}

/** `case/open`: about findings that a verdict on record has, of the party it names, and not by that party itself. */
export function reduceOpen(
  state: CaseState,
  said: Said<z.infer<typeof caseOpen.body>>,
  verdictOf: (id: string) => JudgedVerdict | undefined,
  at: number,
): CaseState | Refusal {
  const { case: name, party, verdict, findings, question } = said.body;
  const { issuer } = said.statement;
  const judged = verdictOf(verdict);
  if (judged === undefined)
    return refuse("not-declared", `expected a verdict on record, got "${verdict}"`);
  if (judged.party !== party)
    return refuse("malformed-body", `expected a case about ${judged.party}, got ${party}`);
  if (issuer === party)
    return refuse("not-its-own", `expected a case by somebody else than ${party}`);
  const unfounded = findings.find((finding) => !judged.findings.includes(finding));
  if (unfounded !== undefined)
    return refuse("not-declared", `expected findings of that verdict, got "${unfounded}"`);
  if (state.cases.has(name))
    return refuse("already-said", `expected a new case, got "${name}" again`);
  const opened: Case = {
    name,
    party,
    openedBy: issuer,
    index: said.index,
    verdict,
    findings,
    question,
    answer: undefined,
    openedAt: at,
    acts: [],
  };
  return { cases: state.cases.set(name, opened) };
}

/** `case/answer`: by the party that was asked, once. It takes the first step that is the accused's. */
export function reduceAnswer(
  state: CaseState,
  said: Said<z.infer<typeof caseAnswer.body>>,
  steps: ProcedureSteps,
  at: number,
): CaseState | Refusal {
  const { case: name, answer } = said.body;
  const asked = state.cases.get(name);
  if (asked === undefined)
    return refuse("not-declared", `expected a case on record, got "${name}"`);
  if (asked.party !== said.statement.issuer) {
    return refuse(
      "not-its-own",
      `expected the answer of ${asked.party}, got one of ${said.statement.issuer}`,
    );
  }
  if (asked.answer !== undefined)
    return refuse("already-said", `expected one answer, got a second in "${name}"`);
  const step = steps.find(({ by }) => by === "accused");
  const answered = { ...asked, answer: { index: said.index, text: answer } };
  return withAct(state, step === undefined ? answered : acted(answered, step.id, said, at));
}

/** `case/step`: the step that is due, by whom the agreement names for it, once. */
export function reduceStep(
  state: CaseState,
  said: Said<z.infer<typeof caseStep.body>>,
  steps: ProcedureSteps,
  at: number,
  roleOf: (issuer: string) => string | undefined,
): CaseState | Refusal {
  const { case: name, step: id } = said.body;
  const { issuer } = said.statement;
  const one = state.cases.get(name);
  if (one === undefined) return refuse("not-declared", `expected a case on record, got "${name}"`);
  const step = steps.find((its) => its.id === id);
  if (step === undefined)
    return refuse("not-declared", `expected a step of the agreement, got "${id}"`);
  if (one.acts.some((act) => act.step === id))
    return refuse("already-said", `expected ${id} once in "${name}", got it again`);
  if (!mayTake(step.by, issuer, one.party, roleOf))
    return refuse("not-its-own", `expected ${id} by the ${step.by}, got it from ${issuer}`);
  const standing = stepsOf(one, steps, at).find((its) => its.id === id)?.standing;
  if (standing === "to-come")
    return refuse("issued-out-of-order", `expected the steps before ${id} first, got it too early`);
  return withAct(state, acted(one, id, said, at));
}

/** Whether an issuer may take a step: nobody judges or inspects its own case. */
function mayTake(
  by: Actor,
  issuer: string,
  accused: string,
  roleOf: (issuer: string) => string | undefined,
): boolean {
  if (by === "accused") return issuer === accused;
  if (issuer === accused) return false;
  const role = roleOf(issuer);
  if (by === "inspectors") return role === "inspector";
  if (by === "panel") return role === "adjudicator";
  return role === by;
}

function acted(one: Case, step: string, { index, statement }: Said, at: number): Case {
  if (one.acts.some((act) => act.step === step)) return one;
  return { ...one, acts: [...one.acts, { step, index, issuer: statement.issuer, at }] };
}

function withAct(state: CaseState, one: Case): CaseState {
  return { cases: state.cases.set(one.name, one) };
}

/**
 * Whether the panel may rule in a case now, and the case with that step taken: not before the steps before it are done, or their time has
 * passed in silence. A ruling on no case of the record is about a question alone, and has no clock.
 */
export function ruledIn(
  state: CaseState,
  said: Said<z.infer<typeof caseRule.body>>,
  steps: ProcedureSteps,
  at: number,
): CaseState | Refusal {
  const one = state.cases.get(said.body.case);
  const step = steps.findLast(({ by }) => by === "panel");
  if (one === undefined || step === undefined) return state;
  const standing = stepsOf(one, steps, at).find(({ id }) => id === step.id)?.standing;
  if (standing === "to-come") {
    return refuse(
      "issued-out-of-order",
      `expected the steps before ${step.id} first, got a ruling in "${one.name}" too early`,
    );
  }
  if (said.statement.issuer === one.party)
    return refuse("not-its-own", `expected a ruling by somebody else than ${one.party}`);
  return withAct(state, acted(one, step.id, said, at));
}

/** `case/rule`: what conditions read of a ruling. A ruling about a party names one of the agreement. */
export function reduceRuling(
  facts: Facts,
  said: Said<z.infer<typeof caseRule.body>>,
  terms: Terms,
): Facts | Refusal {
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
