import type { Facts } from "@standstill/agreement";
import { canonicalJson, type Json } from "@standstill/record";
import { verdictFactOf } from "../reducer.ts";
import { isSilent, type LastDue, lastDue } from "./last-due.ts";
import type { OnRecord } from "./on-record.ts";

/** The facts with a party's newest verdicts, and whether it has reported what was due; the same object if they say nothing new. */
export function withVerdicts(
  facts: Facts,
  state: OnRecord,
  party: string,
  due: LastDue = lastDue(state),
): Facts {
  const fact = verdictFactOf(state.verdicts, party, isSilent(state, party, due));
  if (fact === undefined) return facts;
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
