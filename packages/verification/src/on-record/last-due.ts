import { isCheckable, type ReportDue, reportCalendar } from "@standstill/agreement";
import { markBefore, markFrom } from "@standstill/record";
import { type OwedReport, owedReports } from "../reporting.ts";
import type { OnRecord } from "./on-record.ts";

/** Periods that are told of each report, the newest. */
const NEWEST = 12;

/** Of each periodic report of the agreement the newest that is due by the newest mark, and the one before it. */
export interface LastDue {
  readonly newest: readonly ReportDue[];
  readonly before: readonly ReportDue[];
}

/** What was due last. */
export function lastDue(state: OnRecord): LastDue {
  const due = newestDue(state, 2).filter(({ kind }) => kind === "periodic");
  const isLast = ({ report }: ReportDue, i: number) => due[i + 1]?.report !== report;
  return {
    newest: due.filter(isLast),
    before: due.filter((one, i) => !isLast(one, i)),
  };
}

/**
 * Whether nothing new is known of a party that is bound: a report that was due last is missing, or of one that was due before it readings are not
 * judged yet. A report is to be judged by the time when the next one is due, so that a seal that nobody opens is no report.
 */
export function isSilent(state: OnRecord, party: string, { newest, before }: LastDue): boolean {
  return (
    owedBy(state, party, newest).some(({ standing }) => standing === "missing") ||
    owedBy(state, party, before).some(({ unjudged }) => unjudged > 0)
  );
}

/** What everybody bound owed in reports that are due, the newest twelve of each: kept, late or missing; the oldest first. */
export function reportingOf(state: OnRecord): OwedReport[] {
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
function newestDue({ agreement, clock }: OnRecord, count: number): ReportDue[] {
  const { terms, coalition } = agreement;
  const { inForceAt } = coalition;
  if (terms === undefined || !isCheckable(terms) || inForceAt === undefined) return [];
  // A report is due once its hour is past.
  const due = reportCalendar(terms, inForceAt, inForceAt, clock.at - 1);
  return (terms.reporting ?? []).flatMap(({ id }) =>
    due.filter(({ report }) => report === id).slice(-count),
  );
}

function owedBy(state: OnRecord, party: string, due: readonly ReportDue[]): OwedReport[] {
  const { agreement, evidence } = state;
  const windowMs = agreement.terms?.window?.milliseconds;
  if (windowMs === undefined || due.length === 0) return [];
  const boundSince = agreement.coalition.bound.has(party)
    ? agreement.coalition.standings.get(party)?.boundSince
    : undefined;
  const reporting = {
    evidence,
    windowMs,
    boundSince,
    isJudged: (report: string) => state.verdicts.verdicts.has(report),
    notBefore: (index: number) => markBefore(state, index),
    notAfter: (index: number) => markFrom(state, index),
  };
  return owedReports(reporting, party, due);
}
