import type { Condition, Mode } from "../condition/condition.ts";
import type { Circumstances } from "../condition/evaluate.ts";
import { type Facts, noFacts } from "../facts.ts";
import type { Act, Change, CoalitionRules, Pledge, Standing } from "./rules.ts";

/** A held condition's past: when it last held, and whether it holds now. */
export interface HeldPast {
  readonly last: number;
  readonly now: boolean;
  readonly withinMs: number;
}

/** Who has pledged what, who is bound, how that came about, and what is to come. */
export interface Coalition {
  /** Instant that this describes, in milliseconds since 1970. */
  readonly at: number;
  readonly facts: Facts;
  readonly pledges: ReadonlyMap<string, Pledge>;
  readonly standings: ReadonlyMap<string, Standing>;
  /** Who is bound, at the mode that binds it. */
  readonly bound: ReadonlyMap<string, Mode>;
  /** When the condition of entry was met, and from when it is in force. */
  readonly metAt: number | undefined;
  readonly inForceAt: number | undefined;
  readonly extended: boolean;
  readonly triggered: ReadonlySet<string>;
  /** When the condition of lifting was met. */
  readonly liftMetAt: number | undefined;
  readonly ended: { readonly at: number; readonly how: "lifted" | "expired" } | undefined;
  readonly held: ReadonlyMap<string, HeldPast>;
  readonly history: readonly Change[];
  /** Who dropped out at this instant, round by round: each round because of those before. */
  readonly rounds: readonly (readonly string[])[];
  /** Next instant at which time alone may change something. */
  readonly wakesAt: number;
}

/** A coalition before anybody pledged. */
export const emptyCoalition: Coalition = {
  at: 0,
  facts: noFacts,
  pledges: new Map(),
  standings: new Map(),
  bound: new Map(),
  metAt: undefined,
  inForceAt: undefined,
  extended: false,
  triggered: new Set(),
  liftMetAt: undefined,
  ended: undefined,
  held: new Map(),
  history: [],
  rounds: [],
  wakesAt: Number.NEGATIVE_INFINITY,
};

/** Something that happens at an instant: acts of parties, new facts, or both. All of one event counts at once. */
export interface CoalitionEvent {
  readonly at: number;
  readonly acts: readonly Act[];
  readonly facts?: Facts | undefined;
  /** Entry of the record. */
  readonly index?: number | undefined;
}

/** Every condition that a coalition is judged by. */
export function conditionsOf(
  rules: CoalitionRules,
  pledges: ReadonlyMap<string, Pledge>,
): Condition[] {
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

/** What conditions are judged by in a coalition. */
export function circumstancesOf(rules: CoalitionRules, coalition: Coalition): Circumstances {
  const { at, bound, facts, held, pledges } = coalition;
  const instruments = new Map<string, string>();
  for (const [party, { instrument }] of pledges)
    if (instrument !== undefined) instruments.set(party, instrument);
  const last = new Map<string, number>();
  for (const [key, past] of held) last.set(key, past.now ? at : past.last);
  return { at, bound, instruments, facts, roll: rules.roll, held: last };
}
