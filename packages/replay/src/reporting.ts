import { isCheckable, type ReportDue, reportCalendar } from "@standstill/agreement";
import { type OwedReport, owedReports } from "@standstill/verification";
import { markBefore, markFrom } from "./mark-search.ts";
import type { State } from "./state.ts";

/** Periods that are told of each report, the newest. */
const NEWEST = 12;

/** Of each periodic report of the agreement the newest that is due by the newest mark. */
export function lastDue(state: State): ReportDue[] {
  return newestDue(state, 1).filter(({ kind }) => kind === "periodic");
}

/** Whether a party that is bound has left out a report that was due last. */
export function isSilent(state: State, party: string, due: readonly ReportDue[]): boolean {
  return owedBy(state, party, due).some(({ standing }) => standing === "missing");
}

/** What everybody bound owed in reports that are due, the newest twelve of each: kept, late or missing; the oldest first. */
export function reportingOf(state: State): OwedReport[] {
  const due = newestDue(state, NEWEST);
  const parties = [...state.agreement.coalition.bound.keys()];
  const owed = parties.flatMap((party) => owedBy(state, party, due));
  return owed.sort((a, b) => a.dueAt - b.dueAt || order(a, b));
}

function order(a: OwedReport, b: OwedReport): number {
  const [one, other] = [a, b].map(({ party, site, report }) => `${party} ${site} ${report}`);
  return (one ?? "") < (other ?? "") ? -1 : 1;
}

/** Of each report of the agreement's calendar the newest that are due. */
function newestDue({ agreement, clock }: State, count: number): ReportDue[] {
  const { terms, coalition } = agreement;
  const { inForceAt } = coalition;
  if (terms === undefined || !isCheckable(terms) || inForceAt === undefined) return [];
  // A report is due once its hour is past.
  const due = reportCalendar(terms, inForceAt, inForceAt, clock.at - 1);
  return (terms.reporting ?? []).flatMap(({ id }) =>
    due.filter(({ report }) => report === id).slice(-count),
  );
}

function owedBy(state: State, party: string, due: readonly ReportDue[]): OwedReport[] {
  const { agreement, evidence } = state;
  const windowMs = agreement.terms?.window?.milliseconds;
  if (windowMs === undefined || due.length === 0) return [];
  const boundSince = agreement.coalition.bound.has(party)
    ? agreement.coalition.standings.get(party)?.boundSince
    : undefined;
  const reporting = {
    ...{ evidence, windowMs, boundSince },
    notBefore: (index: number) => markBefore(state, index),
    notAfter: (index: number) => markFrom(state, index),
  };
  return owedReports(reporting, party, due);
}
