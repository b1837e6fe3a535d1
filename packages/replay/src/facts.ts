import type { Facts, Terms } from "@standstill/agreement";
import { type IndicatorState, levelsOf } from "@standstill/indicators";
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

/** The facts with the level of each tripwire by what was measured until an instant; the same object if none has another level. */
export function withLevels(
  facts: Facts,
  indicators: IndicatorState,
  terms: Terms | undefined,
  nowMs: number,
): Facts {
  const levels = levelsOf(terms?.tripwires ?? [], indicators, nowMs);
  const isOther = [...levels].some(([id, level]) => facts.tripwires.get(id) !== level);
  return isOther ? { ...facts, tripwires: new Map([...facts.tripwires, ...levels]) } : facts;
}
