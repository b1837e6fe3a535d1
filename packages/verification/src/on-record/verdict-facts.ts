import type { Facts, VerdictFact } from "@standstill/agreement";
import { canonicalJson, type Json } from "@standstill/record";
import type { PublishedVerdict } from "../state.ts";
import { type LastDue, lastDue } from "./last-due.ts";
import type { OnRecord } from "./on-record.ts";
import { partyVerdictOf } from "./party-verdict.ts";

/** The facts with the verdict of a party, as conditions read it; the same object if it says nothing new. */
export function withVerdicts(
  facts: Facts,
  state: OnRecord,
  party: string,
  due: LastDue = lastDue(state),
): Facts {
  const { newest, verdict, isSilent } = partyVerdictOf(state, party, undefined, due);
  if (newest.length === 0) return facts;
  const fact = { verdict, assurance: isSilent ? [] : lowestAssurance(newest) };
  const before = facts.verdicts.get(party);
  const text = (value: unknown) => canonicalJson(value as Json);
  if (before !== undefined && text(before) === text(fact)) return facts;
  return { ...facts, verdicts: new Map(facts.verdicts).set(party, fact) };
}

/** The same of everybody bound, as when time has passed. */
export function withReporting(facts: Facts, state: OnRecord): Facts {
  const { bound } = state.agreement.coalition;
  const due = lastDue(state);
  if (due.newest.length === 0) return facts;
  return [...bound.keys()].reduce((now, party) => withVerdicts(now, state, party, due), facts);
}

/** Of each evasion the lowest probability over a party's sites, 0 where it is not known. */
function lowestAssurance(verdicts: readonly PublishedVerdict[]): VerdictFact["assurance"] {
  const lowest = new Map<string, VerdictFact["assurance"][number]>();
  for (const { evasion, adversary, probability } of verdicts.flatMap(
    ({ body }) => body.assurance,
  )) {
    const key = `${evasion} ${adversary}`;
    const low = probability?.low ?? 0;
    const known = lowest.get(key)?.lowTenThousandths ?? low;
    lowest.set(key, { evasion, adversary, lowTenThousandths: Math.min(low, known) });
  }
  return [...lowest.values()];
}
