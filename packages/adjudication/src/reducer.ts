import { type Facts, type Terms, withAcceptance, withRuling } from "@standstill/agreement";
import { type Refusal, refuse, type Said } from "@standstill/record";
import { OrderedMap } from "immutable";
import type { z } from "zod";
import type { caseAnswer, caseOpen, caseRule, safeguardAccept } from "./statements.ts";

/** A case: what is asked of whom, and what was answered. */
export interface Case {
  readonly name: string;
  readonly party: string;
  readonly openedBy: string;
  readonly index: number;
  readonly verdict: string;
  readonly findings: readonly string[];
  readonly question: string;
  readonly answer: { readonly index: number; readonly text: string } | undefined;
}

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
  };
  return { cases: state.cases.set(name, opened) };
}

/** `case/answer`: by the party that was asked, once. */
export function reduceAnswer(
  state: CaseState,
  said: Said<z.infer<typeof caseAnswer.body>>,
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
  return {
    cases: state.cases.set(name, {
      ...asked,
      answer: { index: said.index, text: answer },
    }),
  };
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
