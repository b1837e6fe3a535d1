import { type VerdictValue, valuesOf, worst } from "../duty-verdict.ts";
import type { PublishedVerdict } from "../reducer.ts";
import { isSilent, type LastDue, lastDue } from "./last-due.ts";
import type { OnRecord } from "./on-record.ts";

/** What the verdicts on a party's sites come to. */
export interface PartyVerdict {
  /** The worst of the newest judged period of each site; `unverified` at best where nothing was judged, or the party is silent. */
  readonly verdict: VerdictValue;
  /** Whether a report that was due is missing, or the one before it is not judged: older verdicts say nothing good any more. */
  readonly isSilent: boolean;
  /** Of each site the verdict on its newest judged period, in the order in which sites were first judged. */
  readonly newest: readonly PublishedVerdict[];
  /** Verdicts with findings on periods before those, oldest period first, that nobody has cleared: they stand beside the verdict. */
  readonly earlier: readonly PublishedVerdict[];
}

/**
 * The verdict of a party, the one rule for it: conditions, round, page and commands all ask here. What a site was in an earlier period
 * does not decide what it is now, and is not forgotten either.
 *
 * @param isCleared whether a panel has cleared the findings of a verdict, by the verdict's id
 * @example partyVerdictOf(state, "aster").verdict // "unverified"
 */
export function partyVerdictOf(
  state: OnRecord,
  party: string,
  isCleared: (verdict: string) => boolean = () => false,
  due: LastDue = lastDue(state),
): PartyVerdict {
  const silent = isSilent(state, party, due);
  const newest = [...(state.verdicts.newest.get(party)?.values() ?? [])];
  const values = valuesOf(newest.map(({ body }) => body));
  const current = new Set(newest.map(({ id }) => id));
  const doubted = [...(state.verdicts.doubted.get(party) ?? [])].flatMap(
    (report) => state.verdicts.verdicts.get(report) ?? [],
  );
  return {
    verdict: worst(silent || values.length === 0 ? [...values, "unverified"] : values),
    isSilent: silent,
    newest,
    earlier: doubted
      .filter(({ id }) => !current.has(id) && !isCleared(id))
      .sort((a, b) => startOf(state, a) - startOf(state, b) || a.index - b.index),
  };
}

function startOf({ evidence }: OnRecord, { body }: PublishedVerdict): number {
  return Date.parse(evidence.reports.get(body.report)?.body.period.start ?? "");
}
