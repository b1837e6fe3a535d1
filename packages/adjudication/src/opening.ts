import type { UnderTerms } from "@standstill/agreement";
import type { Contradiction } from "@standstill/record";
import type { Case } from "./case.ts";
import { type CasePart, type CaseTime, withCase } from "./case-state.ts";
import { procedureOf } from "./procedure.ts";
import { caseProgress } from "./progress.ts";

/** How the names of cases begin that the record opens by itself. */
export const BY_ITSELF = "record/";

/** The terms by which a case runs from its opening on. */
type Procedures = UnderTerms<"adjudication" | "parties">;

/** What is said of a case when it is opened. */
type Opened = Pick<
  Case,
  "name" | "party" | "openedBy" | "index" | "findings" | "question" | "verdict" | "clause"
>;

/** The state with a case that is opened now, and runs by the rules of now. */
export function withOpened(state: CaseTime & Procedures, opened: Opened): CasePart {
  return withCase(state.cases, {
    ...opened,
    answer: undefined,
    openedAt: state.clock.at,
    procedure: procedureOf(state.agreement.terms, opened.party),
    acts: [],
    extended: [],
    ballots: [],
    rulings: [],
    appeals: [],
    remedies: [],
    withdrawn: undefined,
  });
}

/**
 * The case that a contradiction opens by itself: nobody has to accuse, so nobody is recused for it and it counts against nobody's quota. One at a time
 * for each party, so that whoever stole a key cannot drown it in cases.
 */
export function openForContradiction(
  state: CaseTime & Procedures,
  { issuer: party, sequence, ids, index }: Contradiction,
): CasePart {
  const { agreement, clock, cases } = state;
  const isParty = agreement.terms.parties.some(({ id }) => id === party);
  const isRunning = cases.cases.some(
    (one) =>
      one.party === party &&
      one.openedBy === null &&
      caseProgress(one, clock.at).phase !== "closed",
  );
  if (!isParty || isRunning) return state;
  return withOpened(state, {
    name: `${BY_ITSELF}contradiction-${index}`,
    party,
    openedBy: null,
    index,
    verdict: null,
    clause: null,
    findings: [],
    question: `Two statements with the number ${sequence} are signed by a key of ${party}: ${ids.join(" and ")}. Which one holds, and who signed the other?`,
  });
}
