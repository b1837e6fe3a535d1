import { asksWhoIsBound, type Condition, conditionsIn, partsOf } from "../condition/condition.ts";
import { type Circumstances, heldKey, heldRecently, isFact } from "../condition/evaluate.ts";
import { DAY_MS, startOfDay } from "../instant.ts";
import type { CoalitionRules, Pledge } from "./rules.ts";

/** A condition that asks for the past. */
export type Held = Extract<Condition, { held: unknown }>;

/** What the conditions of a coalition depend on besides each other, found once for the same pledges. */
export interface PledgeIndex {
  /** Dates that conditions name, in milliseconds since 1970. */
  readonly dates: readonly number[];
  /** Votes that conditions wait for, and how long after their opening. */
  readonly waits: readonly { readonly vote: string; readonly afterMs: number }[];
  /** Parts of conditions that facts or the date decide, each once. */
  readonly facts: readonly Condition[];
  /** Held conditions by their key. */
  readonly held: ReadonlyMap<string, Held>;
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
  const dates = new Set<number>();
  const waits = new Map<string, { readonly vote: string; readonly afterMs: number }>();
  const held = new Map<string, Held>();
  const facts = new Map<string, Condition>();
  for (const condition of conditionsOf(rules, pledges))
    for (const part of worldlyParts(condition)) {
      if (!("held" in part)) facts.set(JSON.stringify(part), part);
      if ("from" in part) dates.add(startOfDay(part.from));
      else if ("held" in part) held.set(heldKey(part), part);
      else if ("vote" in part && part.withinDays !== undefined) {
        const afterMs = part.withinDays * DAY_MS;
        waits.set(`${part.vote} ${afterMs}`, { vote: part.vote, afterMs });
      }
    }
  const instruments = new Map<string, string>();
  let hasWindows = false;
  for (const [party, { instrument, openMs }] of pledges) {
    if (instrument !== undefined) instruments.set(party, instrument);
    if (openMs !== undefined) hasWindows = true;
  }
  return {
    facts: [...facts.values()],
    dates: [...dates],
    waits: [...waits.values()],
    held,
    instruments,
    hasWindows,
  };
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
    .filter((part) => "held" in part || (partsOf(part).length === 0 && isWorldly(part)));
  worldlyKnown.set(condition, found);
  return found;
}

function isWorldly(part: Condition): boolean {
  return !asksWhoIsBound(part) && !["all", "any", "of", "not"].some((key) => key in part);
}

/** How the world decides the parts of conditions at an instant: the same text, the same decisions. */
export function worldOf(index: PledgeIndex, given: Circumstances): string {
  let text = "";
  for (const isTrue of decisions(index, given)) text += isTrue ? "1" : "0";
  return text;
}

/** Whether the world decides as it did; it is asked only as far as the first difference. */
export function isSameWorld(index: PledgeIndex, given: Circumstances, before: string): boolean {
  let place = 0;
  for (const isTrue of decisions(index, given))
    if (before[place++] !== (isTrue ? "1" : "0")) return false;
  return place === before.length;
}

function* decisions(index: PledgeIndex, given: Circumstances): Generator<boolean> {
  for (const part of index.facts) yield isFact(part, given);
  for (const part of index.held.values()) yield heldRecently(part, given);
}
