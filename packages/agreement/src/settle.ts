import { advance } from "./coalition/coalition.ts";
import type { CoalitionEvent } from "./coalition/state.ts";
import type { Facts } from "./facts.ts";
import type { Agreed } from "./state.ts";
import { rulesOf } from "./terms/rules-of.ts";

/** The agreement after an event: who is bound is settled anew. */
export function moved(agreement: Agreed, event: CoalitionEvent): Agreed {
  const coalition = advance(rulesOf(agreement.terms), agreement.coalition, event);
  return { ...agreement, coalition };
}

/** Takes new facts in, such as those of a verdict, and settles who is bound. The same facts change nothing. */
export function settled(agreement: Agreed, facts: Facts, at: number, index: number): Agreed {
  if (facts === agreement.coalition.facts) return agreement;
  return moved(agreement, { at, index, acts: [], facts });
}

/** Lets time pass until a mark: whatever time alone brings. */
export function elapsed(agreement: Agreed, at: number, index: number): Agreed {
  return at <= agreement.coalition.at ? agreement : moved(agreement, { at, index, acts: [] });
}
