import { type Refusal, refuse, type Said } from "@standstill/record";
import type { z } from "zod";
import type { caseAnswer, caseOpen } from "./statements.ts";

/** A case: what is asked of whom, and what was answered. Rulings are not part of this version. */
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
  readonly cases: ReadonlyMap<string, Case>;
}

/** Before any case. */
export const noCases: CaseState = { cases: new Map() };

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
  return { cases: new Map(state.cases).set(name, opened) };
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
    cases: new Map(state.cases).set(name, {
      ...asked,
      answer: { index: said.index, text: answer },
    }),
  };
}
