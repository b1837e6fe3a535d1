import type { UnderTerms } from "@standstill/agreement";
import {
  DRAFT,
  defineStatement,
  nameSchema,
  type Refusal,
  refuse,
  sha256Schema,
} from "@standstill/record";
import { z } from "zod";
import type { Case, CaseState } from "../case.ts";
import type { CaseTime } from "../case-state.ts";
import { BY_ITSELF, withOpened } from "../opening.ts";
import { unfoundedInAYear } from "../reliability.ts";
import { textSchema } from "./said-in-case.ts";

/** What of a state tells about whom a verdict is, and which checks found something. */
export interface JudgedPart {
  readonly verdicts: {
    /** Report that a verdict judges, by the verdict's id. */
    readonly reportOf: { readonly get: (verdict: string) => string | undefined };
    readonly verdicts: { readonly get: (report: string) => JudgedVerdict | undefined };
  };
}

interface JudgedVerdict {
  readonly body: {
    readonly party: string;
    readonly duties: readonly {
      readonly findings: readonly { readonly check: string }[];
    }[];
  };
}

type Clauses = UnderTerms<"adjudication" | "obligations" | "parties" | "reporting">;

const openSchema = z
  .strictObject({
    case: nameSchema,
    party: nameSchema,
    /** Id of the `verdict/publish` whose findings are to be clarified. */
    verdict: sha256Schema.optional(),
    findings: z.array(nameSchema).max(50),
    /** An obligation of the terms, or a report that they ask for. */
    clause: nameSchema.optional(),
    question: textSchema,
  })
  .refine(
    ({ verdict, findings }) => (verdict === undefined) === (findings.length === 0),
    "expected findings of a verdict, or neither",
  )
  .refine(
    ({ verdict, clause }) => verdict !== undefined || clause !== undefined,
    "expected a verdict or a clause, got neither",
  );

type Opening = z.infer<typeof openSchema>;

/**
 * `case/open`: the keeper or a party asks another party to clarify. It accuses nobody. It names the findings of a verdict on record, or a
 * clause that no verdict judges, or both; nobody opens two about the same, or more in a year that come to nothing than the terms allow.
 */
export const caseOpen = defineStatement({
  type: "case/open",
  version: DRAFT,
  roles: ["keeper", "party"],
  words: "Somebody asks a party to clarify a finding or a clause; it accuses nobody.",
  body: openSchema,
  reduce: (state: CaseTime & JudgedPart & Clauses, { index, statement, body }) => {
    const { issuer } = statement;
    const refusal =
      unfounded(state, body) ??
      notOfAParty(state, issuer, body) ??
      notAsked(state, body.clause) ??
      openedBefore(state.cases, issuer, body) ??
      tooMany(state, issuer) ??
      reserved(body.case);
    return (
      refusal ??
      withOpened(state, {
        index,
        name: body.case,
        party: body.party,
        openedBy: issuer,
        findings: body.findings,
        question: body.question,
        verdict: body.verdict ?? null,
        clause: body.clause ?? null,
      })
    );
  },
});

function unfounded(
  { verdicts }: JudgedPart,
  { verdict, party, findings }: Opening,
): Refusal | undefined {
  if (verdict === undefined) return undefined;
  const judged = verdicts.verdicts.get(verdicts.reportOf.get(verdict) ?? "")?.body;
  if (judged === undefined)
    return refuse("not-declared", `expected a verdict on record, got "${verdict}"`);
  if (judged.party !== party)
    return refuse("malformed-body", `expected a case about ${judged.party}, got ${party}`);
  const found = new Set(judged.duties.flatMap((duty) => duty.findings.map(({ check }) => check)));
  const other = findings.find((finding) => !found.has(finding));
  return other === undefined
    ? undefined
    : refuse("not-declared", `expected findings of that verdict, got "${other}"`);
}

function notOfAParty(
  { agreement }: Clauses,
  issuer: string,
  { party }: Opening,
): Refusal | undefined {
  if (issuer === party)
    return refuse("not-its-own", `expected a case by somebody else than ${party}`);
  return agreement.terms.parties.some(({ id }) => id === party)
    ? undefined
    : refuse("not-declared", `expected a party of the agreement, got "${party}"`);
}

function notAsked({ agreement }: Clauses, clause: string | undefined): Refusal | undefined {
  const { obligations, reporting = [] } = agreement.terms;
  return clause === undefined || [...obligations, ...reporting].some(({ id }) => id === clause)
    ? undefined
    : refuse("not-declared", `expected an obligation or report, got "${clause}"`);
}

function openedBefore({ cases }: CaseState, issuer: string, body: Opening): Refusal | undefined {
  if (cases.has(body.case))
    return refuse("already-said", `expected a new case, got "${body.case}" again`);
  const same = cases.find((one) => one.openedBy === issuer && isAboutTheSame(one, body));
  return same === undefined
    ? undefined
    : refuse("already-said", `expected one case about this by ${issuer}, got "${same.name}"`);
}

/** One verdict is asked about once; one clause once at a time would need its own clock, so once while a case is without a ruling. */
function isAboutTheSame(one: Case, body: Opening): boolean {
  if (body.verdict !== undefined) return one.verdict === body.verdict;
  const isRunning = one.rulings.length === 0 && one.withdrawn === undefined;
  return isRunning && one.party === body.party && one.clause === body.clause;
}

function tooMany({ agreement, cases, clock }: CaseTime & Clauses, issuer: string) {
  const allowed = agreement.terms.adjudication?.opensPerYear;
  const isParty = agreement.terms.parties.some(({ id }) => id === issuer);
  const isOver =
    isParty &&
    allowed !== undefined &&
    unfoundedInAYear(cases.cases.values(), issuer, clock.at) >= allowed;
  return isOver
    ? refuse(
        "over-quota",
        `expected at most ${allowed} cases in a year by ${issuer} that found nothing so far, got one more`,
      )
    : undefined;
}

function reserved(name: string): Refusal | undefined {
  return name.startsWith(BY_ITSELF)
    ? refuse("not-its-own", `expected a name that does not begin with ${BY_ITSELF}, got ${name}`)
    : undefined;
}
