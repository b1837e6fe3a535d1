import type { EvidenceState } from "@standstill/evidence";
import { type Refusal, refuse, type Said } from "@standstill/record";
import { List, OrderedMap } from "immutable";
import type { Verdict } from "./statements.ts";

/** A verdict with its place in the record. */
export interface PublishedVerdict {
  readonly id: string;
  readonly index: number;
  readonly body: Verdict;
}

/** The verdicts on record, by the id of the report they judge. */
export interface VerdictState {
  readonly verdicts: OrderedMap<string, PublishedVerdict>;
  /** Report judged by each verdict, by the verdict's id. */
  readonly reportOf: OrderedMap<string, string>;
  /** For each party and each of its sites the verdict on the newest period in which anything was judged. */
  readonly newest: OrderedMap<string, OrderedMap<string, PublishedVerdict>>;
  /** For each party the reports whose verdicts have findings, as they were judged. */
  readonly doubted: OrderedMap<string, List<string>>;
}

/** Before any verdict. */
export const noVerdicts: VerdictState = {
  verdicts: OrderedMap(),
  reportOf: OrderedMap(),
  newest: OrderedMap(),
  doubted: OrderedMap(),
};

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
  const verdict = { id: said.id, index: said.index, body: said.body };
  const verdicts = state.verdicts.set(report, verdict);
  const reportOf = state.reportOf.set(said.id, report);
  // What judged nothing says nothing: it moves no condition, and leaves older verdicts as they are.
  if (said.body.verdict === null) return { ...state, verdicts, reportOf };
  const endOf = (one: PublishedVerdict) =>
    Date.parse(evidence.reports.get(one.body.report)?.body.period.end ?? "");
  const sites = state.newest.get(party, OrderedMap<string, PublishedVerdict>());
  const before = sites.get(site);
  // A period that is judged late says nothing of a later one.
  const isNewest = before === undefined || endOf(before) <= endOf(verdict);
  return {
    verdicts,
    reportOf,
    newest: isNewest ? state.newest.set(party, sites.set(site, verdict)) : state.newest,
    doubted: hasFindings(verdict)
      ? state.doubted.set(party, state.doubted.get(party, List<string>()).push(report))
      : state.doubted,
  };
}

function hasFindings({ body }: PublishedVerdict): boolean {
  return body.duties.some(({ findings }) => findings.length > 0);
}
