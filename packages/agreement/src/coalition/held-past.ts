import { type Condition, conditionsIn } from "../condition/condition.ts";
import { heldKey, isMet } from "../condition/evaluate.ts";
import { DAY_MS } from "../instant.ts";
import type { CoalitionRules } from "./rules.ts";
import { type Coalition, circumstancesOf, conditionsOf, type HeldPast } from "./state.ts";

/** For every `held` condition that anybody asks: when it last held, as of the coalition's instant. */
export function heldPastOf(rules: CoalitionRules, coalition: Coalition): Map<string, HeldPast> {
  const held = new Map<string, HeldPast>();
  const given = circumstancesOf(rules, coalition);
  for (const condition of conditionsOf(rules, coalition.pledges))
    for (const part of heldPartsOf(condition)) {
      const key = heldKey(part);
      const before = coalition.held.get(key);
      const now = isMet(part.held, given);
      if (now || before !== undefined)
        held.set(key, {
          last: now ? coalition.at : (before as HeldPast).last,
          now,
          withinMs: part.withinDays * DAY_MS,
        });
    }
  return held;
}

type Held = Extract<Condition, { held: unknown }>;
const heldKnown = new WeakMap<Condition, readonly Held[]>();

/** Conditions do not change, so they are walked once. */
function heldPartsOf(condition: Condition): readonly Held[] {
  const known = heldKnown.get(condition);
  if (known !== undefined) return known;
  const found = [...conditionsIn(condition)]
    .map(({ condition: part }) => part)
    .filter((part): part is Held => "held" in part);
  heldKnown.set(condition, found);
  return found;
}
