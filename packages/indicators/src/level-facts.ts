import type { AgreementState, Facts, TripwireLevel } from "@standstill/agreement";
import type { IndicatorState } from "./reducer.ts";
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
