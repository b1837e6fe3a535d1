import { type Condition, type ConditionOf, ruleOf } from "../conditions/condition.ts";
import { type World, wordsOf } from "../conditions/rule.ts";
import { conditionsIn } from "../conditions/walk.ts";
import type { CoalitionRules, Pledge } from "./rules.ts";

/** What the conditions of a coalition depend on besides each other, found once for the same pledges. */
export interface PledgeIndex {
  /** Parts of conditions of which facts, the date or the past say something, each once, by their words. */
  readonly worldly: ReadonlyMap<string, Condition>;
  /** Those of them that time alone may change. */
  readonly timed: readonly Condition[];
  /** Those of them that ask for the past. */
  readonly held: ReadonlyMap<string, ConditionOf<"held">>;
  /** Kind of each party's instrument, where it gave one. */
  readonly instruments: ReadonlyMap<string, string>;
  /** Whether any pledge has a time after which its offer lapses. */
  readonly hasWindows: boolean;
}

const known = new WeakMap<
  ReadonlyMap<string, Pledge>,
  { readonly rules: CoalitionRules; readonly index: PledgeIndex }
>();

/** The index of pledges under rules. Pledges are never changed in place, so it is kept with them. */
export function pledgeIndex(
  rules: CoalitionRules,
  pledges: ReadonlyMap<string, Pledge>,
): PledgeIndex {
  const before = known.get(pledges);
  if (before?.rules === rules) return before.index;
  const index = makeIndex(rules, pledges);
  known.set(pledges, { rules, index });
  return index;
}

function makeIndex(rules: CoalitionRules, pledges: ReadonlyMap<string, Pledge>): PledgeIndex {
  const held = new Map<string, ConditionOf<"held">>();
  const worldly = new Map<string, Condition>();
  for (const condition of conditionsOf(rules, pledges))
    for (const part of worldlyParts(condition)) {
      worldly.set(wordsOf(part), part);
      if (part.kind === "held") held.set(wordsOf(part), part);
    }
  const instruments = new Map<string, string>();
  let hasWindows = false;
  for (const [party, { instrument, openMs }] of pledges) {
    if (instrument !== undefined) instruments.set(party, instrument);
    if (openMs !== undefined) hasWindows = true;
  }
  const timed = [...worldly.values()].filter((part) => ruleOf(part).turnsAt !== undefined);
  return { worldly, timed, held, instruments, hasWindows };
}

/** Every condition that a coalition is judged by. */
function conditionsOf(rules: CoalitionRules, pledges: ReadonlyMap<string, Pledge>): Condition[] {
  const { entry, withdrawal, duration, triggers, lift } = rules;
  return [
    entry.condition,
    ...triggers.map(({ when }) => when),
    ...[withdrawal.heldBackWhile, duration.extension?.when, lift?.when].filter(
      (one) => one !== undefined,
    ),
    ...[...pledges.values()].map((pledge) => pledge.while),
  ];
}

const worldlyKnown = new WeakMap<Condition, readonly Condition[]>();

/** The parts of a condition that facts, dates or the past decide. Conditions do not change, so they are walked once. */
function worldlyParts(condition: Condition): readonly Condition[] {
  const before = worldlyKnown.get(condition);
  if (before !== undefined) return before;
  const found = [...conditionsIn(condition)]
    .map(({ condition: part }) => part)
    .filter((part) => ruleOf(part).worldly !== undefined);
  worldlyKnown.set(condition, found);
  return found;
}

/** How the world decides the parts of conditions at an instant: the same text, the same decisions. */
export function decisionsOf(index: PledgeIndex, world: World): string {
  let text = "";
  for (const isTrue of decisions(index, world)) text += isTrue ? "1" : "0";
  return text;
}

/** Whether the world decides as it did; it is asked only as far as the first difference. */
export function isSameWorld(index: PledgeIndex, world: World, before: string): boolean {
  let place = 0;
  for (const isTrue of decisions(index, world))
    if (before[place++] !== (isTrue ? "1" : "0")) return false;
  return place === before.length;
}

function* decisions(index: PledgeIndex, world: World): Generator<boolean> {
  for (const part of index.worldly.values()) yield ruleOf(part).worldly?.(part, world) === true;
}
