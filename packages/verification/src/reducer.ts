import type { VerdictFact } from "@standstill/agreement";
import type { EvidenceState } from "@standstill/evidence";
import { type Refusal, refuse, type Said } from "@standstill/record";
import { OrderedMap } from "immutable";
import type { Verdict } from "./statements.ts";
import { type VerdictValue, worst } from "./verdict.ts";

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
  /** For each party the newest verdict on each of its sites that judged anything. */
  readonly newest: OrderedMap<string, OrderedMap<string, PublishedVerdict>>;
}

/** Before any verdict. */
export const noVerdicts: VerdictState = {
  verdicts: OrderedMap(),
  reportOf: OrderedMap(),
  newest: OrderedMap(),
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
  const sites = state.newest.get(party, OrderedMap<string, PublishedVerdict>());
  return { verdicts, reportOf, newest: state.newest.set(party, sites.set(site, verdict)) };
}

/**
 * What conditions read of a party's verdicts: of each site the newest, of those the worst; and of each evasion the
 * lowest probability over its sites, 0 where it is not known. Where a report that is due is missing, older verdicts say nothing good any more:
 * the party is `unverified` at best, and nothing is known of what evidence would have shown.
 *
 * @param isSilent whether a report that is due is missing
 * @returns nothing for a party without a verdict
 */
export function verdictFactOf(
  state: VerdictState,
  party: string,
  isSilent: boolean,
): VerdictFact | undefined {
  const newest = state.newest.get(party);
  if (newest === undefined) return undefined;
  const bodies = [...newest.values()].map(({ body }) => body);
  if (isSilent)
    return {
      verdict: worst([...valuesOf(bodies), "unverified"]),
      assurance: [],
    };
  const lowest = new Map<string, VerdictFact["assurance"][number]>();
  for (const { evasion, adversary, probability } of bodies.flatMap(({ assurance }) => assurance)) {
    const key = `${evasion} ${adversary}`;
    const low = probability?.low ?? 0;
    const known = lowest.get(key)?.lowTenThousandths ?? low;
    lowest.set(key, { evasion, adversary, lowTenThousandths: Math.min(low, known) });
  }
  return {
    verdict: worst(valuesOf(bodies)),
    assurance: [...lowest.values()],
  };
}

/** The values of those verdicts that judged anything. */
export function valuesOf(verdicts: readonly Pick<Verdict, "verdict">[]): VerdictValue[] {
  return verdicts.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
}
