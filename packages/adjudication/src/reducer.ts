import type { Terms } from "@standstill/agreement";
import { type Refusal, refuse, type Said } from "@standstill/record";
import { OrderedMap } from "immutable";
import type { z } from "zod";
import type { Case, CaseEvent, CaseState } from "./case.ts";
import { type Actor, type ProcedureSteps, rulingStep, stepsOf } from "./procedure.ts";
import { caseProgress } from "./progress.ts";
import type { caseAnswer, caseExtend, caseStep, caseVote } from "./statements.ts";

/** Before any case. */
export const noCases: CaseState = { cases: OrderedMap() };

/** What a word in a case is judged by. */
export interface CaseContext {
  readonly terms: Pick<Terms, "adjudication" | "parties" | "obligations" | "reporting">;
  /** Instant of the newest mark. */
  readonly at: number;
  /** In which role somebody speaks. */
  readonly roleOf: (issuer: string) => string | undefined;
}

/** `case/answer`: by the party that was asked, once. It takes the first step that is the accused's and not taken yet. */
export function reduceAnswer(
  state: CaseState,
  said: Said<z.infer<typeof caseAnswer.body>>,
  { at }: CaseContext,
): CaseState | Refusal {
  const { case: name, answer } = said.body;
  const { issuer } = said.statement;
  const asked = caseIn(state, name);
  if ("refused" in asked) return asked;
  if (asked.party !== issuer)
    return refuse("not-its-own", `expected the answer of ${asked.party}, got one of ${issuer}`);
  if (asked.answer !== undefined)
    return refuse("already-said", `expected one answer, got a second in "${name}"`);
  const step = asked.procedure.rules?.steps.find(
    ({ by, id }) => by === "accused" && !asked.acts.some((act) => act.step === id),
  );
  const answered = { ...asked, answer: { index: said.index, text: answer } };
  return withCase(
    state,
    step === undefined ? answered : acted(answered, step.id, said, at, answer),
  );
}

/** `case/step`: the step that is due, by whom the agreement names for it, once. A ruling is none: it is `case/rule`. */
export function reduceStep(
  state: CaseState,
  said: Said<z.infer<typeof caseStep.body>>,
  context: CaseContext,
): CaseState | Refusal {
  const { case: name, step: id } = said.body;
  const found = stepIn(state, name, id, context);
  if ("refused" in found) return found;
  const { one, step, standing } = found;
  if (step.id === rulingStep(one.procedure)?.id)
    return refuse("malformed-body", `expected a ruling as case/rule, got a step ${id}`);
  if (step.light !== undefined)
    return refuse("malformed-body", `expected ballots on ${id} as case/vote, got a step`);
  if (one.acts.some((act) => act.step === id))
    return refuse("already-said", `expected ${id} once in "${name}", got it again`);
  const refusal = checkActor(step.by, id, said.statement.issuer, one.party, context);
  if (refusal !== undefined) return refusal;
  if (standing === "to-come" || standing === "skipped")
    return refuse("issued-out-of-order", `expected ${id} when it is its turn, it is ${standing}`);
  return withCase(state, acted(one, id, said, context.at, said.body.text));
}

/** `case/extend`: more time for the step that is due, once, by whom the agreement names for that. */
export function reduceExtension(
  state: CaseState,
  said: Said<z.infer<typeof caseExtend.body>>,
  context: CaseContext,
): CaseState | Refusal {
  const { case: name, step: id } = said.body;
  const found = stepIn(state, name, id, context);
  if ("refused" in found) return found;
  const { one, step, standing } = found;
  if (step.extension === undefined)
    return refuse("not-declared", `expected a step that can be extended, got "${id}"`);
  const refusal = checkActor(step.extension.by, id, said.statement.issuer, one.party, context);
  if (refusal !== undefined) return refusal;
  if (one.extended.some((act) => act.step === id))
    return refuse("already-said", `expected more time for ${id} once, got it again`);
  if (standing !== "due")
    return refuse("issued-out-of-order", `expected more time for a step that is due, ${id} is not`);
  const act = { step: id, ...eventOf(said, context.at, said.body.reasons) };
  return withCase(state, { ...one, extended: [...one.extended, act] });
}

/** `case/vote`: a party besides the accused votes on a step, once, while it is due. */
export function reduceCaseVote(
  state: CaseState,
  said: Said<z.infer<typeof caseVote.body>>,
  context: CaseContext,
): CaseState | Refusal {
  const { case: name, step: id, ballot } = said.body;
  const found = stepIn(state, name, id, context);
  if ("refused" in found) return found;
  const { one, step, standing } = found;
  const { issuer } = said.statement;
  if (step.light === undefined)
    return refuse("not-declared", `expected a step that is voted on, got "${id}"`);
  if (issuer === one.party)
    return refuse("not-its-own", `expected votes of the others, got one of ${issuer}`);
  if (one.ballots.some((cast) => cast.step === id && cast.issuer === issuer))
    return refuse("already-said", `expected one ballot of ${issuer} on ${id}, got a second`);
  if (standing !== "due")
    return refuse("issued-out-of-order", `expected ballots while ${id} is due, it is not`);
  const cast = { step: id, ballot, ...eventOf(said, context.at, ballot) };
  return withCase(state, { ...one, ballots: [...one.ballots, cast] });
}

interface StepInCase {
  readonly one: Case;
  readonly step: ProcedureSteps[number];
  readonly standing: string;
}

/** The case of this name. */
export function caseIn({ cases }: CaseState, name: string): Case | Refusal {
  return cases.get(name) ?? refuse("not-declared", `expected a case on record, got "${name}"`);
}

function stepIn(
  state: CaseState,
  name: string,
  id: string,
  { at }: CaseContext,
): StepInCase | Refusal {
  const one = caseIn(state, name);
  if ("refused" in one) return one;
  const step = one.procedure.rules?.steps.find((its) => its.id === id);
  if (step === undefined)
    return refuse("not-declared", `expected a step of the agreement, got "${id}"`);
  if (caseProgress(one, at).phase === "closed")
    return refuse("issued-out-of-order", `expected a case that is open, got "${name}"`);
  const steps = stepsOf(one, at);
  return { one, step, standing: steps.find((its) => its.id === id)?.standing ?? "to-come" };
}

/** Nobody judges or inspects its own case. */
function checkActor(
  by: Actor,
  step: string,
  issuer: string,
  accused: string,
  { roleOf }: CaseContext,
): Refusal | undefined {
  const role = roleOf(issuer);
  const roles = { inspectors: "inspector", panel: "adjudicator", party: "party", keeper: "keeper" };
  const may = by === "accused" ? issuer === accused : issuer !== accused && role === roles[by];
  return may ? undefined : refuse("not-its-own", `expected ${step} by the ${by}, got ${issuer}`);
}

function acted(one: Case, step: string, said: Said, at: number, text: string): Case {
  if (one.acts.some((act) => act.step === step)) return one;
  return { ...one, acts: [...one.acts, { step, ...eventOf(said, at, text) }] };
}

/** A word with its place and time. */
export function eventOf({ index, statement }: Said, at: number, text: string): CaseEvent {
  return { index, issuer: statement.issuer, at, text };
}

/** The state with a case as it is now. */
export function withCase(state: CaseState, one: Case): CaseState {
  return { cases: state.cases.set(one.name, one) };
}
