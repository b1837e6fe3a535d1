import { asksNothing, type Condition } from "../conditions/condition.ts";
import { type ExplainedCondition, explainCondition } from "../reading/explained.ts";
import { minimalMissing } from "../reading/missing.ts";
import type { CoalitionRules, Standing } from "./rules.ts";
import { type Coalition, circumstancesOf } from "./state.ts";

/** Why a party is bound or not: its condition part by part, and what would be enough. */
export interface Reason {
  readonly standing: Standing;
  /** The condition that it is bound under, part by part: its own, and the agreement's condition of entry. */
  readonly because: ExplainedCondition;
  /** Facts without parts that would meet the condition, none of which can be spared; empty where it is met. */
  readonly missing: readonly Condition[];
}

/** The proof of a party's status: for one bound the satisfied condition, for another what is missing. */
export function reasonFor(
  rules: CoalitionRules,
  coalition: Coalition,
  party: string,
): Reason | undefined {
  const pledge = coalition.pledges.get(party);
  const standing = coalition.standings.get(party);
  if (pledge === undefined || standing === undefined) return undefined;
  const given = circumstancesOf(rules, coalition);
  const { entry } = rules;
  const isEntryOver = entry.latches && coalition.metAt !== undefined;
  const condition: Condition =
    isEntryOver || asksNothing(entry.condition)
      ? pledge.while
      : { kind: "all", of: [pledge.while, entry.condition] };
  return {
    standing,
    because: explainCondition(condition, given),
    missing: minimalMissing(condition, given),
  };
}
