import { openForContradiction } from "@standstill/adjudication";
import { elapsed, type Facts, settled } from "@standstill/agreement";
import { withLevels } from "@standstill/indicators";
import type { Said } from "@standstill/record";
import { withReporting, withVerdicts } from "@standstill/verification";
import type { StateUnderTerms } from "./state.ts";

/** What a statement brings about in another noun than its own. */
export type Consequence<Body> = (state: StateUnderTerms, said: Said<Body>) => StateUnderTerms;

/** What a statement says to the conditions of the agreement; the same facts where it says nothing new. */
export type NewFacts<Body> = (facts: Facts, state: StateUnderTerms, said: Said<Body>) => Facts;

/** Takes new facts in and settles who is bound, once for all of them together. */
export function settling<Body>(...news: readonly NewFacts<Body>[]): Consequence<Body> {
  return (state, said) => {
    const { agreement, clock } = state;
    const facts = news.reduce((known, add) => add(known, state, said), agreement.coalition.facts);
    return { ...state, agreement: settled(agreement, facts, clock.at, said.index) };
  };
}

/** Time passes for the coalition, until the newest mark. */
export const timePasses: Consequence<unknown> = (state, { index }) => ({
  ...state,
  agreement: elapsed(state.agreement, state.clock.at, index),
});

/** Measurements come in, and grow stale by time alone. */
export const levelsOfTripwires: NewFacts<unknown> = withLevels;

/** Reports fall due by time alone. */
export const reportsFallDue: NewFacts<unknown> = withReporting;

/** A report that was missing is there. */
export const issuerReports: NewFacts<unknown> = (facts, state, { statement }) =>
  withVerdicts(facts, state, statement.issuer);

/** A party is judged. */
export const partyIsJudged: NewFacts<{ readonly party: string }> = (facts, state, { body }) =>
  withVerdicts(facts, state, body.party);

/** A contradiction opens a case by itself. */
export const caseOpensByItself: Consequence<unknown> = (state) => {
  const shown = state.contradictions.at(-1);
  return shown === undefined ? state : { ...state, ...openForContradiction(state, shown) };
};
