import { isCheckable } from "@standstill/agreement";
import { decodeEvidence, type Site } from "@standstill/evidence";
import { RecordError } from "@standstill/record";
import { type Subject, type Verdict, verdictBody } from "@standstill/verification";
import type { State } from "./state.ts";

/**
 * What a verdict on a report is computed from: the terms, the declarations on record, and the opened evidence.
 *
 * @param report id of the `period/report`
 * @param evidence the bytes whose hash the report names
 */
export function subjectOf(state: State, report: string, evidence: Uint8Array): Subject {
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
  return {
    party: reported.party,
    terms,
    site: state.evidence.sites.get(site)?.body as Site,
    runs: [...state.evidence.runs.values()]
      .map(({ body }) => body)
      .filter(
        (run) =>
          run.site === site && run.period.start < period.end && period.start < run.period.end,
      ),
    period: { startMs: Date.parse(period.start), endMs: Date.parse(period.end) },
    // What a party relays is the operator's, whoever it says signed it: readings carry no signatures of their own yet.
    feeds: feeds.map(({ kind }) => ({ kind, feedClass: "operator" })),
    evidence: decodeEvidence(evidence),
    seal: { root: seal.root, energyMillijoules: BigInt(seal.energyMillijoules) },
    seed: report,
  };
}

/** Computes the verdict on a report as of this state. */
export function computeVerdict(state: State, report: string, evidence: Uint8Array): Verdict {
  return verdictBody(subjectOf(state, report, evidence), report);
}
