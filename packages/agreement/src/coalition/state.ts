import { type Facts, noFacts } from "../facts.ts";
import type { Circumstances } from "../reading/met.ts";
import type { Mode } from "../terms/mode.ts";
import { pledgeIndex } from "./pledge-index.ts";
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
  /** How facts, dates and the past decided the parts of conditions, so that it is seen when nothing has changed. */
  readonly world: string;
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
  world: "unknown",
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

/** What conditions are judged by in a coalition. */
export function circumstancesOf(rules: CoalitionRules, coalition: Coalition): Circumstances {
  const { at, bound, facts, held, pledges } = coalition;
  const { instruments } = pledgeIndex(rules, pledges);
  const last = new Map<string, number>();
  for (const [key, past] of held) last.set(key, past.now ? at : past.last);
  return { at, bound, instruments, facts, roll: rules.roll, held: last };
}
