import { type Condition, readBy, ruleOf } from "../conditions/condition.ts";
import type { Roll } from "../conditions/roll.ts";
import type { Powers, Reading, World } from "../conditions/rule.ts";
import { noFacts } from "../facts.ts";

/**
 * Whether one alone can unmeet a condition by facts that it can set, while everything else that is asked holds: a pledge under such a
 * condition is a way out that needs no notice. What others are bound to is not its to set.
 *
 * @param who a party, a role or the keeper
 * @example canUndo({ kind: "clear", party: "aster" }, "aster", powersOf(terms), rulesOf(terms).roll) // true
 */
export function canUndo(condition: Condition, who: string, powers: Powers, roll: Roll): boolean {
  return !new Undone(who, powers, roll, true).part(condition);
}

/** Conditions read in the world that one makes as bad as it can for them, and the others as good. */
class Undone implements Reading<boolean, Condition> {
  readonly world: World;
  readonly #who: string;
  readonly #powers: Powers;
  /** What the others' facts are; under `not` what is good for it is bad for what is inside. */
  readonly #others: boolean;

  constructor(who: string, powers: Powers, roll: Roll, others: boolean) {
    this.world = { at: 0, facts: noFacts, roll, held: new Map() };
    this.#who = who;
    this.#powers = powers;
    this.#others = others;
  }

  fact(): boolean {
    return this.#others;
  }

  bound(): boolean {
    return this.#others;
  }

  weighed(): boolean {
    return this.#others;
  }

  atLeast(number: number, of: readonly Condition[]): boolean {
    return of.filter((part) => this.part(part)).length >= number;
  }

  not(condition: Condition): boolean {
    const { roll } = this.world;
    return !new Undone(this.#who, this.#powers, roll, !this.#others).part(condition);
  }

  part(condition: Condition): boolean {
    const setBy = ruleOf(condition).setBy(condition, this.#powers, this.world.roll);
    return setBy.includes(this.#who) ? !this.#others : readBy(condition, this);
  }
}
