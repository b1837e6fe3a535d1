import type { Terms } from "@standstill/agreement";
import type { Case } from "./case.ts";
import { procedureOf } from "./procedure.ts";
import { type CaseProgress, type Due, progressOf } from "./progress.ts";

/** Something that is due from somebody in a case. */
export interface Deadline extends Due {
  readonly case: string;
  readonly party: string;
}

/** Terms as far as cases ask them. */
export type CaseTerms = Pick<Terms, "adjudication" | "parties"> | undefined;

/** Where a case stands under terms, at an instant. */
export function caseProgress(one: Case, terms: CaseTerms, now: number): CaseProgress {
  const procedure = procedureOf(terms, one.party);
  return progressOf(one, procedure, terms?.adjudication?.appealWithinDays, now);
}

/** What is due, in all cases, the soonest first. */
export function deadlinesOf(cases: Iterable<Case>, terms: CaseTerms, now: number): Deadline[] {
  const due = [...cases].flatMap((one) =>
    caseProgress(one, terms, now).due.map((its) => ({ ...its, case: one.name, party: one.party })),
  );
  return due.sort((a, b) => a.dueAt - b.dueAt || (a.case < b.case ? -1 : 1));
}
