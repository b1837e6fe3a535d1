import { DAY_MS } from "@standstill/record";
import { Met } from "../reading/met.ts";
import { pledgeIndex } from "./pledge-index.ts";
import type { CoalitionRules } from "./rules.ts";
import { type Coalition, circumstancesOf, type HeldPast } from "./state.ts";

/** For every `held` condition that anybody asks: when it last held, as of the coalition's instant. */
export function heldPastOf(rules: CoalitionRules, coalition: Coalition): Map<string, HeldPast> {
  const held = new Map<string, HeldPast>();
  const asked = pledgeIndex(rules, coalition.pledges).held;
  if (asked.size === 0) return held;
  const reading = new Met(circumstancesOf(rules, coalition));
  for (const [key, part] of asked) {
    const now = reading.part(part.that);
    const last = now ? coalition.at : coalition.held.get(key)?.last;
    if (last !== undefined) held.set(key, { last, now, withinMs: part.withinDays * DAY_MS });
  }
  return held;
}
