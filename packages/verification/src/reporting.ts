import type { ReportDue } from "@standstill/agreement";
import type { EvidenceState } from "@standstill/evidence";

/** What was owed of a site for one period, and what of it is on record. Instants and times in milliseconds. */
export interface OwedReport {
  /** Report of the terms. */
  readonly report: string;
  readonly title: string;
  readonly party: string;
  /** `null` where a party has declared no site at all. */
  readonly site: string | null;
  readonly begins: number;
  readonly ends: number;
  readonly dueAt: number;
  /** `late`: all of it is on record by now, and was not when it was due. `missing`: it is not yet. */
  readonly standing: "kept" | "late" | "missing";
  /** Time of the period that no report covers by now. */
  readonly uncovered: number;
  /** Time of the period of which no verdict has judged the readings by now, what is uncovered among it. */
  readonly unjudged: number;
}

/** What owed reports are told from. */
export interface Reporting {
  readonly evidence: Pick<EvidenceState, "sites" | "reports" | "reportsOf">;
  /** Time that may be left uncovered, as at the ends of windows. */
  readonly windowMs: number;
  /** Since when a party is bound; `undefined` where it is not. */
  readonly boundSince: number | undefined;
  /** Whether a verdict has judged a report, by its id. */
  readonly isJudged: (report: string) => boolean;
  /** When an entry was surely not on record before, and when it surely was; `undefined` where no mark follows it yet. */
  readonly notBefore: (index: number) => number;
  readonly notAfter: (index: number) => number | undefined;
}

/**
 * Whether a party has reported what was due: its sites by the first report, and for each period the readings of each site, without gaps, from when the
 * party was bound and the site was declared. A report counts from the mark before it, so that nobody is late by the keeper's delay.
 *
 * @param due what the agreement's calendar has, already due
 * @returns one for each site and each report; none for a party that is not bound
 * @example owedReports(reporting, "aster", due).filter(({ standing }) => standing === "missing")
 */
export function owedReports(
  reporting: Reporting,
  party: string,
  due: readonly ReportDue[],
): OwedReport[] {
  const { evidence, boundSince } = reporting;
  if (boundSince === undefined) return [];
  const sites = [...evidence.sites].filter(([, site]) => site.party === party);
  return due.flatMap((one): OwedReport[] => {
    if (one.kind === "initial") return [firstReport(reporting, party, sites, one)];
    return sites.flatMap(([site, { index }]) => {
      const declaredAt = reporting.notAfter(index);
      if (declaredAt === undefined) return [];
      const begins = Math.max(one.begins, boundSince, declaredAt);
      if (begins >= one.about) return [];
      return [periodOf(reporting, { ...one, begins }, party, site)];
    });
  });
}

type Sites = readonly (readonly [string, { readonly index: number }])[];

function firstReport(
  { notBefore }: Reporting,
  party: string,
  sites: Sites,
  { report, title, begins, about, dueAt }: ReportDue,
): OwedReport {
  const first = sites[0];
  const isInTime = first !== undefined && notBefore(first[1].index) <= dueAt;
  return {
    report,
    title,
    party,
    site: first?.[0] ?? null,
    begins,
    ends: about,
    dueAt,
    uncovered: 0,
    unjudged: 0,
    standing: first === undefined ? "missing" : isInTime ? "kept" : "late",
  };
}

function periodOf(
  reporting: Reporting,
  { report, title, begins, about: ends, dueAt }: ReportDue,
  party: string,
  site: string,
): OwedReport {
  const { windowMs } = reporting;
  const { inTime, byNow, judged } = coverage(reporting, site, begins, ends, dueAt);
  const all = ends - begins;
  const standing = all - inTime < windowMs ? "kept" : all - byNow < windowMs ? "late" : "missing";
  const uncovered = standing === "missing" ? all - byNow : 0;
  const unjudged = all - judged < windowMs ? 0 : all - judged;
  return { report, title, party, site, begins, ends, dueAt, standing, uncovered, unjudged };
}

/** How much of a period the reports of a site cover: those that came in time, all, and those that are judged. They do not overlap. */
function coverage(
  { evidence, isJudged, notBefore, windowMs }: Reporting,
  site: string,
  begins: number,
  ends: number,
  dueAt: number,
): { readonly inTime: number; readonly byNow: number; readonly judged: number } {
  const ids = evidence.reportsOf.get(site);
  let [inTime, byNow, judged] = [0, 0, 0];
  const isDone = () => ends - begins - Math.min(inTime, judged) < windowMs;
  // The newest first: who reports regularly is soon done with.
  for (let i = (ids?.size ?? 0) - 1; i >= 0 && !isDone(); i--) {
    const id = ids?.get(i) ?? "";
    const report = evidence.reports.get(id);
    if (report === undefined) continue;
    const from = Math.max(begins, Date.parse(report.body.period.start));
    const to = Math.min(ends, Date.parse(report.body.period.end));
    if (to <= from) continue;
    byNow += to - from;
    if (notBefore(report.index) <= dueAt) inTime += to - from;
    if (isJudged(id)) judged += to - from;
  }
  return { inTime, byNow, judged };
}
