import type { AgreementState, Facts, TripwireLevel } from "@standstill/agreement";
import { type IndicatorState, levelsOf } from "@standstill/indicators";
import { canonicalJson, type Json } from "@standstill/record";
import { verdictFactOf } from "@standstill/verification";
import { isSilent, type LastDue, lastDue } from "./reporting.ts";
import type { State } from "./state.ts";

/** The facts with a party's newest verdicts, and whether it has reported what was due; the same object if they say nothing new. */
export function withVerdicts(
  facts: Facts,
  state: State,
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
export function withReporting(facts: Facts, state: State): Facts {
  const { bound } = state.agreement.coalition;
  const due = lastDue(state);
  if (due.newest.length === 0) return facts;
  return [...bound.keys()].reduce((now, party) => withVerdicts(now, state, party, due), facts);
}

/** The level of each tripwire by what was measured until an instant. */
export function levelsAt(
  indicators: IndicatorState,
  { terms, coalition }: AgreementState,
  nowMs: number,
): ReadonlyMap<string, TripwireLevel> {
  if (terms === undefined) return new Map();
  const boundSince = new Map<string, number>();
  for (const party of coalition.bound.keys()) {
    const since = coalition.standings.get(party)?.boundSince;
    if (since !== undefined) boundSince.set(party, since);
  }
  return levelsOf(indicators, { terms, nowMs, boundSince });
}

/** The facts with these levels; the same object if none has another. */
export function withLevels(
  indicators: IndicatorState,
  agreement: AgreementState,
  nowMs: number,
): Facts {
  const { facts } = agreement.coalition;
  const levels = levelsAt(indicators, agreement, nowMs);
  const isOther = [...levels].some(([id, level]) => facts.tripwires.get(id) !== level);
  return isOther ? { ...facts, tripwires: new Map([...facts.tripwires, ...levels]) } : facts;
}
