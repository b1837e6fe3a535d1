import { DAY_MS } from "@standstill/record";
import { NOTHING_ASKED } from "../conditions/condition.ts";
import { type Facts, noFacts } from "../facts.ts";
import { startOfDay } from "../instant.ts";
import { rulesOf } from "../terms/rules-of.ts";
import type { Draft } from "../terms/terms.ts";
import { advance, elapseTo } from "./coalition.ts";
import type { Act } from "./rules.ts";
import { type Coalition, emptyCoalition } from "./state.ts";

/** One instrument of one party, as a depositary's table has it. Days as `2026-06-04`. */
export interface Instrument {
  readonly party: string;
  readonly kind: string;
  readonly deposited: string | undefined;
  /** Day on which its withdrawal or revocation took effect. */
  readonly withdrawn: string | undefined;
}

/** Something else that happened to a treaty: a suspension, or an answer to a question of its terms. */
export interface HistoricFact {
  readonly day: string;
  readonly suspends?: string;
  readonly rules?: string;
}

/**
 * Plays the real history of a treaty through the same rule that a record follows: each deposit is a pledge without
 * conditions of its own; deposits of one day are one event. Gives the coalition on a day, "if nothing else is said".
 *
 * @example playHistory(paris, instruments, "2016-11-04").bound.size // 73
 */
export function playHistory(
  terms: Draft,
  instruments: readonly Instrument[],
  until: string,
  facts: readonly HistoricFact[] = [],
): Coalition {
  const rules = rulesOf(terms);
  const days = new Map<string, { readonly acts: Act[]; readonly ruled: string[] }>();
  const on = (day: string) => {
    const known = days.get(day) ?? { acts: [], ruled: [] };
    days.set(day, known);
    return known;
  };
  for (const { party, kind, deposited, withdrawn } of instruments) {
    if (deposited === undefined) continue;
    const pledge = {
      mode: "cap",
      while: NOTHING_ASKED,
      graceMs: 0,
      noticeMs: 0,
      instrument: kind,
    } as const;
    on(deposited).acts.push({ act: "pledge", party, pledge });
    if (withdrawn !== undefined)
      on(withdrawn).acts.push({ act: "withdraw", party, endsAt: startOfDay(withdrawn) });
  }
  for (const { day, suspends, rules: question } of facts) {
    if (suspends !== undefined) on(day).acts.push({ act: "suspend", party: suspends });
    if (question !== undefined) on(day).ruled.push(question);
  }
  let coalition = emptyCoalition;
  let known: Facts = noFacts;
  for (const [day, { acts, ruled }] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (day > until) break;
    for (const question of ruled)
      known = { ...known, rulings: new Map(known.rulings).set(question, true) };
    coalition = advance(rules, coalition, { at: startOfDay(day), acts, facts: known });
  }
  // A day counts to its end.
  return elapseTo(rules, coalition, startOfDay(until) + DAY_MS - 1);
}
