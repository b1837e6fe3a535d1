import { type Refusal, refuse, type Said } from "@standstill/record";
import type { z } from "zod";
import type { Case, CaseState } from "./case.ts";
import { procedureOf } from "./procedure.ts";
import { caseProgress } from "./progress.ts";
import { type CaseContext, caseIn, withCase } from "./reducer.ts";
import { unfoundedInAYear } from "./reliability.ts";
import type { caseOpen, caseWithdraw } from "./statements.ts";

/** What the record says of a verdict: about whom it is, and which checks found something. */
export interface JudgedVerdict {
  readonly party: string;
  readonly findings: readonly string[];
}

/**
 * `case/open`: about findings that a verdict on record has, of the party it names, or about a clause; not by that party itself, not
 * twice on one verdict by one issuer, and within the agreed number of cases that come to nothing.
 */
export function reduceOpen(
  state: CaseState,
  said: Said<z.infer<typeof caseOpen.body>>,
  context: CaseContext,
  verdictOf: (id: string) => JudgedVerdict | undefined,
): CaseState | Refusal {
  const { case: name, party, verdict, findings, clause, question } = said.body;
  const { issuer } = said.statement;
  const { terms, at } = context;
  const refusal =
    verdict === undefined ? undefined : checkVerdict(verdictOf(verdict), verdict, party, findings);
  if (refusal !== undefined) return refusal;
  if (issuer === party)
    return refuse("not-its-own", `expected a case by somebody else than ${party}`);
  if (!terms.parties.some(({ id }) => id === party))
    return refuse("not-declared", `expected a party of the agreement, got "${party}"`);
  const clauses = [...terms.obligations, ...(terms.reporting ?? [])];
  if (clause !== undefined && !clauses.some(({ id }) => id === clause))
    return refuse("not-declared", `expected an obligation or report, got "${clause}"`);
  const all = [...state.cases.values()];
  if (state.cases.has(name))
    return refuse("already-said", `expected a new case, got "${name}" again`);
  const same = all.find((one) => one.openedBy === issuer && isAboutTheSame(one, said.body));
  if (same !== undefined)
    return refuse("already-said", `expected one case about this by ${issuer}, got "${same.name}"`);
  const allowed = terms.adjudication?.opensPerYear;
  const isParty = terms.parties.some(({ id }) => id === issuer);
  if (isParty && allowed !== undefined && unfoundedInAYear(all, issuer, at) >= allowed)
    return refuse(
      "over-quota",
      `expected at most ${allowed} cases in a year by ${issuer} that found nothing so far, got one more`,
    );
  if (name.startsWith(BY_ITSELF))
    return refuse(
      "not-its-own",
      `expected a name that does not begin with ${BY_ITSELF}, got ${name}`,
    );
  return withOpened(state, context, {
    name,
    party,
    openedBy: issuer,
    index: said.index,
    findings,
    question,
    verdict: verdict ?? null,
    clause: clause ?? null,
  });
}

/** How the names of cases begin that the record opens by itself. */
const BY_ITSELF = "record/";

/** Two statements of one party with one number, as the record shows them. */
export interface ShownContradiction {
  readonly party: string;
  readonly sequence: number;
  readonly ids: readonly [string, string];
  /** Entry that shows it. */
  readonly index: number;
}

/**
 * The case that a contradiction opens by itself: nobody has to accuse, so nobody is recused for it and it counts against nobody's quota. One at a time
 * for each party, so that whoever stole a key cannot drown it in cases.
 */
export function openForContradiction(
  state: CaseState,
  { party, sequence, ids, index }: ShownContradiction,
  context: CaseContext,
): CaseState {
  const { terms, at } = context;
  const isParty = terms.parties.some(({ id }) => id === party);
  const isRunning = [...state.cases.values()].some(
    (one) =>
      one.party === party && one.openedBy === null && caseProgress(one, at).phase !== "closed",
  );
  if (!isParty || isRunning) return state;
  return withOpened(state, context, {
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

type Opened = Pick<
  Case,
  "name" | "party" | "openedBy" | "index" | "findings" | "question" | "verdict" | "clause"
>;

function withOpened(state: CaseState, { terms, at }: CaseContext, opened: Opened): CaseState {
  return withCase(state, {
    ...opened,
    answer: undefined,
    openedAt: at,
    procedure: procedureOf(terms, opened.party),
    acts: [],
    extended: [],
    ballots: [],
    rulings: [],
    appeals: [],
    remedies: [],
    withdrawn: undefined,
  });
}

function checkVerdict(
  judged: JudgedVerdict | undefined,
  verdict: string,
  party: string,
  findings: readonly string[],
): Refusal | undefined {
  if (judged === undefined)
    return refuse("not-declared", `expected a verdict on record, got "${verdict}"`);
  if (judged.party !== party)
    return refuse("malformed-body", `expected a case about ${judged.party}, got ${party}`);
  const unfounded = findings.find((finding) => !judged.findings.includes(finding));
  return unfounded === undefined
    ? undefined
    : refuse("not-declared", `expected findings of that verdict, got "${unfounded}"`);
}

/** One verdict is asked about once; one clause once at a time would need its own clock, so once while a case is without a ruling. */
function isAboutTheSame(one: Case, body: z.infer<typeof caseOpen.body>): boolean {
  if (body.verdict !== undefined) return one.verdict === body.verdict;
  const isRunning = one.rulings.length === 0 && one.withdrawn === undefined;
  return isRunning && one.party === body.party && one.clause === body.clause;
}

/** `case/withdraw`: by whoever opened it, before a ruling. */
export function reduceWithdrawal(
  state: CaseState,
  said: Said<z.infer<typeof caseWithdraw.body>>,
  { at }: CaseContext,
): CaseState | Refusal {
  const { case: name } = said.body;
  const { issuer } = said.statement;
  const one = caseIn(state, name);
  if ("refused" in one) return one;
  if (one.openedBy !== issuer)
    return refuse(
      "not-its-own",
      `expected the withdrawal by ${one.openedBy ?? "nobody"}, got ${issuer}`,
    );
  if (one.withdrawn !== undefined || one.rulings.length > 0)
    return refuse("already-said", `expected a case without a ruling, got "${name}"`);
  const withdrawn = { index: said.index, issuer, at, text: said.body.reasons };
  return withCase(state, { ...one, withdrawn });
}
