import { type DutyPiece, dutiesOver, isCheckable, type Terms } from "@standstill/agreement";
import {
  decodeEvidence,
  type EvidenceState,
  type Period,
  type Run,
  type Site,
} from "@standstill/evidence";
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
 * What a verdict on a report is computed from: the duties in force in its period, the declarations on record, and the opened evidence.
 *
 * @param report id of the `period/report`
 * @param evidence the bytes whose hash the report names
 */
export function subjectOf(state: OnRecord, report: string, evidence: Uint8Array): Subject {
  const reported = state.evidence.reports.get(report);
  if (reported === undefined)
    throw new RecordError("malformed-statement", `expected a report on record, got "${report}"`);
  const period = periodOf(reported.body);
  const duties = dutiesOver(state.agreement, reported.party, period.startMs, period.endMs);
  const terms = measuringTerms(state, duties);
  if (terms === undefined || !isCheckable(terms)) {
    throw new RecordError(
      "malformed-statement",
      "expected terms that say how compute is measured, got terms without",
    );
  }
  const { site, feeds, seal } = reported.body;
  const runs = [...(state.evidence.runsOf.get(site) ?? [])].flatMap((name) => {
    const run = state.evidence.runs.get(name);
    return run !== undefined && isOverlapping(periodOf(run.body), period) ? [run] : [];
  });
  return {
    party: reported.party,
    terms,
    site: state.evidence.sites.get(site)?.body as Site,
    runs: runs.filter(({ index }) => index < reported.index).map(({ body }) => body),
    period,
    duties,
    // What a party relays is the operator's, whoever it says signed it: readings carry no signatures of their own yet.
    feeds: feeds.map(({ kind }) => ({ kind, feedClass: "operator" })),
    evidence: decodeEvidence(evidence),
    seal: { root: seal.root, energyMillijoules: BigInt(seal.energyMillijoules) },
    beside: {
      ...besideOf(state, terms, reported.party, site),
      earlier: earlierOf(state, site, report),
      baseline: baselineOf(state, site, duties),
      lateRuns: runs.filter(({ index }) => index > reported.index).map(({ body }) => body),
    },
    seed: report,
  };
}

/** How compute is measured by the terms under which the party owed something last in the period; by the present ones where it owed nothing. */
function measuringTerms({ agreement }: OnRecord, duties: readonly DutyPiece[]) {
  const last = duties.findLast(({ basis }) => basis !== null)?.terms;
  const version = agreement.versions.findLast(({ hash }) => hash === last);
  return version?.terms ?? agreement.terms;
}

function periodOf({
  period,
}: {
  readonly period: { readonly start: string; readonly end: string };
}) {
  return { startMs: Date.parse(period.start), endMs: Date.parse(period.end) };
}

function isOverlapping(one: Period, other: Period): boolean {
  return one.startMs < other.endMs && other.startMs < one.endMs;
}

/** What else the record holds that bears on a site of a party. */
function besideOf(
  state: OnRecord,
  terms: Terms,
  party: string,
  site: string,
): Omit<Beside, "lateRuns" | "earlier" | "baseline"> {
  const { sites, measurementsOf } = state.evidence;
  const measurements = [party, site].flatMap((of) =>
    [...(measurementsOf.get(of) ?? [])].flatMap(({ party: by, body }) =>
      body.measured.map(
        (measured): Measurement => ({
          by,
          feedClass: feedClassOf(terms, party, by),
          period: periodOf(body),
          measured,
        }),
      ),
    ),
  );
  const identities = identitiesIn(measurementsOf).filter(
    ({ site: of, by }) => feedClassOf(terms, sites.get(of)?.party ?? of, by) === "independent",
  );
  return {
    measurements,
    allRuns: allRunsOf(state),
    sites: [...sites.values()].filter((one) => one.party === party).map(({ body }) => body),
    identities,
  };
}

type ShownIdentity = Beside["identities"][number] & { readonly by: string };

const identitiesShown = new WeakMap<EvidenceState["measurementsOf"], readonly ShownIdentity[]>();

/** Identities that devices of any site have shown, by whom: looked for once for all verdicts between two measurements. */
function identitiesIn(measurementsOf: EvidenceState["measurementsOf"]): readonly ShownIdentity[] {
  const before = identitiesShown.get(measurementsOf);
  if (before !== undefined) return before;
  const found = [...measurementsOf].flatMap(([site, list]) =>
    [...list].flatMap(({ party: by, body }) =>
      body.measured.flatMap((one) =>
        one.kind === "identity" && one.identity !== null
          ? [{ site, device: one.device, identity: one.identity, by }]
          : [],
      ),
    ),
  );
  identitiesShown.set(measurementsOf, found);
  return found;
}

const runsListed = new WeakMap<EvidenceState["runs"], readonly RunOnRecord[]>();

/** Every run on record, of all parties: listed once for all verdicts between two declarations. The mark before a run does not change any more. */
export function allRunsOf(state: OnRecord): readonly RunOnRecord[] {
  const before = runsListed.get(state.evidence.runs);
  if (before !== undefined) return before;
  const listed = listRuns(state);
  runsListed.set(state.evidence.runs, listed);
  return listed;
}

function listRuns(state: OnRecord): RunOnRecord[] {
  const { sites, runs } = state.evidence;
  return [...runs.values()].map(({ party, body, index }) => ({
    party,
    run: body as Run,
    site: sites.get(body.site)?.body as Site,
    notBeforeMs: msOf(intervalOf(state, index).notBefore),
    index,
  }));
}

/** Periods of a site that were judged before a report, as their verdicts tell of the site's own meters. */
function earlierOf(state: OnRecord, site: string, report: string): EarlierPeriod[] {
  const others = [...(state.evidence.reportsOf.get(site) ?? [])].filter((id) => id !== report);
  return others.flatMap((id) => judgedPeriod(state, id) ?? []);
}

/** What a site's own meters read in a period that was judged; nothing where none did. */
function judgedPeriod(state: OnRecord, report: string): EarlierPeriod | undefined {
  const body = state.evidence.reports.get(report)?.body;
  const account = state.verdicts.verdicts.get(report)?.body.account;
  if (body === undefined || account === undefined || account.energy === null) return undefined;
  const ownJoules = parseQuantity(account.energy, "J");
  return { period: periodOf(body), ownJoules, ...account.missingWindows };
}

/** The period of this site that its party named, in the pause that holds, as one in which it idled. */
function baselineOf(state: OnRecord, site: string, duties: readonly DutyPiece[]) {
  const since = duties.findLast(({ pause }) => pause !== null)?.pause?.since;
  const ready = state.gate.stops.get(site)?.ready;
  if (since === undefined || ready === undefined || ready === null || ready.at < since)
    return undefined;
  const { baseline } = ready;
  if (baseline === null || state.evidence.reports.get(baseline)?.body.site !== site)
    return undefined;
  return judgedPeriod(state, baseline);
}

function msOf(instant: string | null): number | undefined {
  return instant === null ? undefined : Date.parse(instant);
}

/** Computes the verdict on a report as of this state. */
export function computeVerdict(state: OnRecord, report: string, evidence: Uint8Array): Verdict {
  return verdictBody(subjectOf(state, report, evidence), report);
}
