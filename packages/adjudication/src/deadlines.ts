import type { Case } from "./case.ts";
import { caseProgress, type Due } from "./progress.ts";

/** Something that is due from somebody in a case. */
export interface Deadline extends Due {
  readonly case: string;
  readonly party: string;
}

/** What is due, in all cases, the soonest first. */
export function deadlinesOf(cases: Iterable<Case>, now: number): Deadline[] {
  const due = [...cases].flatMap((one) =>
    caseProgress(one, now).due.map((its) => ({ ...its, case: one.name, party: one.party })),
  );
  return due.sort((a, b) => a.dueAt - b.dueAt || (a.case < b.case ? -1 : 1));
}
