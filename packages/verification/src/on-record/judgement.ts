import { isCheckable, type Terms } from "@standstill/agreement";
import { decodeEvidence, type Run, type Site } from "@standstill/evidence";
import { intervalOf, parseQuantity, RecordError } from "@standstill/record";
import { type Verdict, verdictBody } from "../statements.ts";
import {
  type Beside,
  type EarlierPeriod,
  feedClassOf,
  type Measurement,
  type RunOnRecord,
  type Subject,
} from "../subject.ts";
import type { OnRecord } from "./on-record.ts";

/**
 * What a verdict on a report is computed from: the terms, the declarations on record, and the opened evidence.
 *
 * @param report id of the `period/report`
 * @param evidence the bytes whose hash the report names
 */
export function subjectOf(state: OnRecord, report: string, evidence: Uint8Array): Subject {
  const reported = state.evidence.reports.get(report);
  const terms = state.agreement.terms;
  if (reported === undefined || terms === undefined) {
    throw new RecordError("malformed-statement", `expected a report on record, got "${report}"`);
  }
  if (!isCheckable(terms)) {
    throw new RecordError(
      "malformed-statement",
      "expected terms that say how compute is measured, got terms without",
    );
  }
  const { site, period, feeds, seal } = reported.body;
  const runs = [...state.evidence.runs.values()].filter(
    ({ body }) =>
      body.site === site && body.period.start < period.end && period.start < body.period.end,
  );
  return {
    party: reported.party,
    terms,
    site: state.evidence.sites.get(site)?.body as Site,
    runs: runs.filter(({ index }) => index < reported.index).map(({ body }) => body),
    period: { startMs: Date.parse(period.start), endMs: Date.parse(period.end) },
    // What a party relays is the operator's, whoever it says signed it: readings carry no signatures of their own yet.
    feeds: feeds.map(({ kind }) => ({ kind, feedClass: "operator" })),
    evidence: decodeEvidence(evidence),
    seal: { root: seal.root, energyMillijoules: BigInt(seal.energyMillijoules) },
    beside: {
      ...besideOf(state, terms, reported.party, site),
      earlier: earlierOf(state, site, report),
      lateRuns: runs.filter(({ index }) => index > reported.index).map(({ body }) => body),
    },
    seed: report,
  };
}

/** What else the record holds that bears on a site of a party. */
function besideOf(
  state: OnRecord,
  terms: Terms,
  party: string,
  site: string,
): Omit<Beside, "lateRuns" | "earlier"> {
  const { sites, measurementsOf } = state.evidence;
  const measurements = [party, site].flatMap((of) =>
    [...(measurementsOf.get(of) ?? [])].flatMap(({ party: by, body }) =>
      body.measured.map(
        (measured): Measurement => ({
          by,
          feedClass: feedClassOf(terms, party, by),
          period: { startMs: Date.parse(body.period.start), endMs: Date.parse(body.period.end) },
          measured,
        }),
      ),
    ),
  );
  const identities = [...measurementsOf].flatMap(([of, list]) =>
    [...list].flatMap(({ party: by, body }) =>
      body.measured.flatMap((one) =>
        one.kind === "identity" &&
        one.identity !== null &&
        feedClassOf(terms, sites.get(of)?.party ?? of, by) === "independent"
          ? [{ site: of, device: one.device, identity: one.identity }]
          : [],
      ),
    ),
  );
  return {
    measurements,
    allRuns: allRunsOf(state),
    sites: [...sites.values()].filter((one) => one.party === party).map(({ body }) => body),
    identities,
  };
}

/** Every run on record, of all parties. */
export function allRunsOf(state: OnRecord): RunOnRecord[] {
  const { sites, runs } = state.evidence;
  return [...runs.values()].map(({ party, body, index }) => ({
    party,
    run: body as Run,
    site: sites.get(body.site)?.body as Site,
    notBeforeMs: msOf(intervalOf(state, index).notBefore),
  }));
}

/** Periods of a site that were judged before a report, as their verdicts tell of the site's own meters. */
function earlierOf(state: OnRecord, site: string, report: string): EarlierPeriod[] {
  return [...(state.evidence.reportsOf.get(site) ?? [])].flatMap((id): EarlierPeriod[] => {
    const period = state.evidence.reports.get(id)?.body.period;
    const account = state.verdicts.verdicts.get(id)?.body.account;
    if (id === report || period === undefined || account === undefined || account.energy === null)
      return [];
    return [
      {
        period: { startMs: Date.parse(period.start), endMs: Date.parse(period.end) },
        ownJoules: parseQuantity(account.energy, "J"),
        ...account.missingWindows,
      },
    ];
  });
}

function msOf(instant: string | null): number | undefined {
  return instant === null ? undefined : Date.parse(instant);
}

/** Computes the verdict on a report as of this state. */
export function computeVerdict(state: OnRecord, report: string, evidence: Uint8Array): Verdict {
  return verdictBody(subjectOf(state, report, evidence), report);
}
