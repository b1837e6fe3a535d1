import { type CheckableTerms, type Draft, dutiesIfBound, type Mode } from "@standstill/agreement";
import {
  type FeedKind,
  type MeasurementReport,
  type Run,
  type Site,
  type SiteEvidence,
  sealEvidence,
} from "@standstill/evidence";
import { type Beside, feedClassOf, nothingBeside, type Subject } from "../subject.ts";

/** What an operator hands over of one period of a site, without a record: what it declares, and what others measured. */
export interface HandedPeriod {
  readonly party: string;
  readonly site: Site;
  readonly period: { readonly start: string; readonly end: string };
  readonly runs: readonly Run[];
  readonly measurements: readonly { readonly by: string; readonly body: MeasurementReport }[];
}

/** Text from which randomness comes offline: nothing was sealed, so nothing has an identity. */
const SEED = "offline";

/**
 * What a verdict on a bundle is computed from: no record tells who was bound, so the party is taken to be bound to a mode all the time; no
 * earlier period, nobody else's declarations; others' measurements count as on the record, if they are who they say.
 *
 * @example verdictOffline(subjectOfBundle(bundle, siteEvidenceOffline(bundle, windowMs, NO_SALT), terms, "cap")).verdict
 */
export function subjectOfBundle(
  handed: HandedPeriod,
  evidence: SiteEvidence,
  draft: CheckableTerms<Draft>,
  mode: Mode,
): Subject {
  const { party, site, runs } = handed;
  // Nothing here is signed, so that keys have nothing to say.
  const terms = { ...draft, keys: [], log: { vkey: "" }, witnessKeys: [] };
  const period = spanOf(handed);
  return {
    party,
    terms,
    site,
    runs,
    period,
    duties: dutiesIfBound(terms, party, mode, period.startMs, period.endMs),
    feeds: kindsIn(evidence).map((kind) => ({ kind, feedClass: "operator" })),
    evidence,
    beside: besideOf(handed, draft),
    seal: sealEvidence(evidence),
    seed: SEED,
  };
}

function kindsIn({ windows, jobs, counters, logs }: SiteEvidence): FeedKind[] {
  return [
    ...(windows === undefined ? [] : (["node-power"] as const)),
    ...(jobs === undefined ? [] : (["accounting"] as const)),
    ...(counters.length === 0 ? [] : (["counters"] as const)),
    ...(logs.length === 0 ? [] : (["activity-log"] as const)),
  ];
}

function besideOf({ party, site, runs, measurements }: HandedPeriod, terms: Draft): Beside {
  return {
    ...nothingBeside,
    measurements: measurements.flatMap(({ by, body }) =>
      body.measured.map((measured) => ({
        by,
        feedClass: feedClassOf(terms, party, by),
        period: spanOf(body),
        measured,
      })),
    ),
    allRuns: runs.map((run) => ({ party, run, site, notBeforeMs: undefined })),
    sites: [site],
  };
}

function spanOf({ period }: Pick<HandedPeriod, "period">) {
  return { startMs: Date.parse(period.start), endMs: Date.parse(period.end) };
}
