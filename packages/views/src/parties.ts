import { clearedVerdicts } from "@standstill/adjudication";
import type { State } from "@standstill/replay";
import {
  lastDue,
  type PublishedVerdict,
  partyVerdictOf,
  type Verdict,
  type VerdictValue,
} from "@standstill/verification";

/** A verdict as the round tells it: of which site and period, and its place in the record. */
export interface ToldVerdict {
  readonly site: string;
  readonly period: { readonly start: string; readonly end: string } | null;
  /** Nothing where it judged nothing, because the party owed nothing; the words say why. */
  readonly verdict: VerdictValue | null;
  readonly notJudged: string | null;
  readonly statement: string;
  readonly index: number;
}

/** The newest judged period of one site. */
export interface JudgedSite extends ToldVerdict {
  readonly account: Verdict["account"];
}

/** Findings of an earlier period that nobody has cleared. */
export interface EarlierFindings extends ToldVerdict {
  readonly findings: Verdict["duties"][number]["findings"];
}

/** One party as the round shows it. */
export interface PartySummary {
  readonly id: string;
  readonly name: string;
  /** The party's verdict by the one rule for it, `partyVerdictOf`. */
  readonly verdict: VerdictValue;
  /** Whether a report that was due is missing or not judged, so that older verdicts say nothing good any more. */
  readonly isSilent: boolean;
  /** Of each site its newest judged period, with the account of that period. */
  readonly sites: readonly JudgedSite[];
  /** Duties and findings of these periods, of all sites. */
  readonly duties: Verdict["duties"];
  readonly findings: Verdict["duties"][number]["findings"];
  /** Of each evasion and adversary the lowest over these sites. */
  readonly assurance: Verdict["assurance"];
  /** Findings of earlier periods that nobody has cleared, the oldest first. */
  readonly earlier: readonly EarlierFindings[];
  /** Every verdict on the party's sites, oldest first. */
  readonly verdicts: readonly ToldVerdict[];
}

/** The parties of the agreement, each by the verdict rule of parties. Silence is no proof. */
export function partiesOf(state: State): PartySummary[] {
  const due = lastDue(state);
  const cleared = clearedVerdicts(state.cases, state.clock.at);
  const isCleared = (verdict: string) => cleared.has(verdict);
  const told = toldByParty(state);
  return (state.agreement.terms?.parties ?? []).map(({ id, name }) => {
    const { verdict, isSilent, newest, earlier } = partyVerdictOf(state, id, isCleared, due);
    const duties = newest.flatMap(({ body }) => body.duties);
    return {
      id,
      name,
      verdict,
      isSilent,
      sites: newest.map((one) => ({ ...toldOf(state, one), account: one.body.account })),
      duties,
      findings: duties.flatMap((duty) => duty.findings),
      assurance: lowest(newest.flatMap(({ body }) => body.assurance)),
      earlier: earlier.map((one) => ({
        ...toldOf(state, one),
        findings: one.body.duties.flatMap((duty) => duty.findings),
      })),
      verdicts: told.get(id) ?? [],
    };
  });
}

function toldByParty(state: State): ReadonlyMap<string, readonly ToldVerdict[]> {
  const told = new Map<string, ToldVerdict[]>();
  for (const one of state.verdicts.verdicts.values()) {
    const its = told.get(one.body.party);
    if (its === undefined) told.set(one.body.party, [toldOf(state, one)]);
    else its.push(toldOf(state, one));
  }
  return told;
}

function toldOf({ evidence }: State, { id, index, body }: PublishedVerdict): ToldVerdict {
  const period = evidence.reports.get(body.report)?.body.period ?? null;
  const { site, verdict, notJudged } = body;
  return { site, period, verdict, notJudged, statement: id, index };
}

type Assurance = Verdict["assurance"][number];

function lowest(all: Verdict["assurance"]): Assurance[] {
  const found = new Map<string, Assurance>();
  for (const one of all) {
    const key = `${one.evasion} ${one.adversary}`;
    const known = found.get(key);
    if (known === undefined || lowOf(one) < lowOf(known)) found.set(key, one);
  }
  return [...found.values()];
}

function lowOf({ probability }: Assurance): number {
  return probability?.low ?? 0;
}
