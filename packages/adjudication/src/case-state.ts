import type { ClockPart, Refusal, Said } from "@standstill/record";
import { refuse } from "@standstill/record";
import { OrderedMap } from "immutable";
import type { Case, CaseEvent, CaseState } from "./case.ts";

/** What of a state holds cases. */
export interface CasePart {
  readonly cases: CaseState;
}

/** What a word in a case is judged by: the case as it was opened, and what time it is by the newest mark. */
export type CaseTime = CasePart & ClockPart;

/** Before any case. */
export const noCases: CaseState = { cases: OrderedMap() };

/** The state with a case as it is now. */
export function withCase({ cases }: CaseState, one: Case): CasePart {
  return { cases: { cases: cases.set(one.name, one) } };
}

/**
 * Takes a word into the case that it names.
 *
 * @param name of the case; refused (`not-declared`) where none on record has it
 * @param take the case after the word, or why it is refused
 */
export function inCase(
  { cases }: CasePart,
  name: string,
  take: (one: Case) => Case | Refusal,
): CasePart | Refusal {
  const one = cases.cases.get(name);
  if (one === undefined) return refuse("not-declared", `expected a case on record, got "${name}"`);
  const next = take(one);
  return "refused" in next ? next : withCase(cases, next);
}

/** A word with its place, and the time of the newest mark before it. */
export function eventOf(
  { index, statement }: Pick<Said, "index" | "statement">,
  { clock }: ClockPart,
  text: string,
): CaseEvent {
  return { index, issuer: statement.issuer, at: clock.at, text };
}

/** The case with a step that was taken; the first who takes a step has taken it. */
export function withStep(one: Case, step: string, event: CaseEvent): Case {
  if (one.acts.some((act) => act.step === step)) return one;
  return { ...one, acts: [...one.acts, { step, ...event }] };
}
