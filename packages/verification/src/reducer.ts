import type { EvidenceState } from "@standstill/evidence";
import { type Refusal, refuse, type Said } from "@standstill/record";
import type { Verdict } from "./statements.ts";

/** A verdict with its place in the record. */
export interface PublishedVerdict {
  readonly id: string;
  readonly index: number;
  readonly body: Verdict;
}

/** The verdicts on record, by the id of the report they judge. */
export interface VerdictState {
  readonly verdicts: ReadonlyMap<string, PublishedVerdict>;
}

/** Before any verdict. */
export const noVerdicts: VerdictState = { verdicts: new Map() };

/** `verdict/publish`: one for each report, about the party and site of that report. */
export function reduceVerdict(
  state: VerdictState,
  said: Said<Verdict>,
  evidence: EvidenceState,
): VerdictState | Refusal {
  const { report, party, site } = said.body;
  const judged = evidence.reports.get(report);
  if (judged === undefined)
    return refuse("not-declared", `expected a report on record, got "${report}"`);
  if (judged.party !== party || judged.body.site !== site) {
    return refuse(
      "malformed-body",
      `expected a verdict on ${judged.body.site} of ${judged.party}, got ${site} of ${party}`,
    );
  }
  if (state.verdicts.has(report))
    return refuse("already-said", "expected one verdict on a report, got a second");
  return {
    verdicts: new Map(state.verdicts).set(report, {
      id: said.id,
      index: said.index,
      body: said.body,
    }),
  };
}

/** Parties with an anomaly or a violation standing. */
export function accusedParties(state: VerdictState): Set<string> {
  const bad = [...state.verdicts.values()].filter(
    ({ body }) => body.verdict === "anomalous" || body.verdict === "violation",
  );
  return new Set(bad.map(({ body }) => body.party));
}
