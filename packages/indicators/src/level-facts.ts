import type { AgreementPart, AgreementState, Facts, TripwireLevel } from "@standstill/agreement";
import type { ClockPart } from "@standstill/record";
import type { IndicatorPart, IndicatorState } from "./state.ts";
import { levelsOf } from "./tripwire.ts";

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

/** The facts with the levels of tripwires as they are at the newest mark; the same object if none is another. */
export function withLevels(
  facts: Facts,
  { indicators, agreement, clock }: IndicatorPart & AgreementPart & ClockPart,
): Facts {
  const levels = levelsAt(indicators, agreement, clock.at);
  const isOther = [...levels].some(([id, level]) => facts.tripwires.get(id) !== level);
  return isOther ? { ...facts, tripwires: new Map([...facts.tripwires, ...levels]) } : facts;
}
