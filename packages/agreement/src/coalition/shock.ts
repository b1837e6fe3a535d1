import { NOTHING_ASKED } from "../conditions/condition.ts";
import { settle } from "../reading/circuit.ts";
import type { CoalitionRules } from "./rules.ts";
import { type Coalition, circumstancesOf } from "./state.ts";

/** Who of those bound would drop out if findings stood against some parties for longer than any grace. */
export function settleBoundWith(
  rules: CoalitionRules,
  coalition: Coalition,
  alarmed: readonly string[],
): string[] {
  if (rules.entry.latches) return [];
  const verdicts = new Map(coalition.facts.verdicts);
  for (const party of alarmed)
    verdicts.set(party, { assurance: [], ...verdicts.get(party), verdict: "anomalous" });
  const facts = { ...coalition.facts, verdicts };
  const candidates = new Map(
    [...coalition.bound].map(([party, mode]) => {
      const pledge = coalition.pledges.get(party);
      const condition = pledge?.while ?? NOTHING_ASKED;
      return [party, { mode, while: condition, instrument: pledge?.instrument }];
    }),
  );
  const world = { ...circumstancesOf(rules, coalition), facts };
  return settle(candidates, world, rules.entry.condition).rounds.flat();
}
