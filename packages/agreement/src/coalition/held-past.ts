import { DAY_MS } from "../instant.ts";
import { isMet } from "../reading/met.ts";
import { pledgeIndex } from "./pledge-index.ts";
import type { CoalitionRules } from "./rules.ts";
import { type Coalition, circumstancesOf, type HeldPast } from "./state.ts";

/** For every `held` condition that anybody asks: when it last held, as of the coalition's instant. */
export function heldPastOf(rules: CoalitionRules, coalition: Coalition): Map<string, HeldPast> {
  const held = new Map<string, HeldPast>();
  const asked = pledgeIndex(rules, coalition.pledges).held;
  if (asked.size === 0) return held;
  const given = circumstancesOf(rules, coalition);
  for (const [key, part] of asked) {
    const before = coalition.held.get(key);
    const now = isMet(part.that, given);
    if (now || before !== undefined)
      held.set(key, {
        last: now ? coalition.at : (before as HeldPast).last,
        now,
        withinMs: part.withinDays * DAY_MS,
      });
  }
  return held;
}
