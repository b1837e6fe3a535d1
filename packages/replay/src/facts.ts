import type { Facts, Terms } from "@standstill/agreement";
import { type IndicatorState, tripwireLevel } from "@standstill/indicators";
import { canonicalJson, type Json } from "@standstill/record";
import { type VerdictState, verdictFactOf } from "@standstill/verification";

/** The facts with a party's newest verdicts; the same object if they say nothing new. */
export function withVerdicts(facts: Facts, verdicts: VerdictState, party: string): Facts {
  const fact = verdictFactOf(verdicts, party);
  if (fact === undefined) return facts;
  const before = facts.verdicts.get(party);
  const text = (value: unknown) => canonicalJson(value as Json);
  if (before !== undefined && text(before) === text(fact)) return facts;
  return { ...facts, verdicts: new Map(facts.verdicts).set(party, fact) };
}

/** The facts with the level of each tripwire by the newest measurement of its indicator. */
export function withLevels(facts: Facts, indicators: IndicatorState, terms: Terms): Facts {
  let tripwires = facts.tripwires;
  for (const tripwire of terms.tripwires ?? []) {
    const newest = indicators.measurements.findLast(
      ({ body }) => body.indicator === tripwire.indicator,
    );
    if (newest === undefined) continue;
    const level = tripwireLevel(tripwire, newest.body.result);
    if (tripwires.get(tripwire.id) !== level)
      tripwires = new Map(tripwires).set(tripwire.id, level);
  }
  return tripwires === facts.tripwires ? facts : { ...facts, tripwires };
}
