import type { TripwireLevel } from "../facts.ts";
import { advance, elapseTo } from "./coalition.ts";
import type { Change, CoalitionRules } from "./rules.ts";
import type { Coalition } from "./state.ts";

/** What is supposed to happen at one instant: findings, parties gone, tripwires crossed, safeguards accepted, rulings. */
export interface Supposition {
  /** Parties against which an anomaly is found. */
  readonly findings?: Iterable<string>;
  /** Parties that come to be verified, with nothing standing against them. */
  readonly verified?: Iterable<string>;
  /** Parties that leave at once, whatever notice is agreed. */
  readonly gone?: Iterable<string>;
  readonly tripped?: Iterable<string>;
  readonly accepted?: Iterable<string>;
  readonly ruled?: Iterable<string>;
  /** Milliseconds since 1970; the coalition's own instant where absent. */
  readonly at?: number;
}

/** What would follow. */
export interface Cascade {
  /** Who would leave at once: first those gone, then, round by round, those who follow because of the rounds before. */
  readonly rounds: readonly (readonly string[])[];
  /** Every change from then on that would not come anyway, with its instant, if nothing else is said. */
  readonly changes: readonly Change[];
  /** Those of the changes that come after the supposed instant, as when grace runs out. */
  readonly later: readonly Change[];
  /** Who would be bound right after. */
  readonly bound: ReadonlyMap<string, string>;
}

/**
 * Plays a supposition through by the record's own rule: who would follow whom out, in order, and when. Grace may put a
 * departure off, so the instants count.
 *
 * @example whatIf(rules, coalition, { findings: ["aster"] }).rounds // [["borealis"], ["aster"], …]
 */
export function whatIf(
  rules: CoalitionRules,
  coalition: Coalition,
  supposed: Supposition,
): Cascade {
  const at = Math.max(supposed.at ?? coalition.at, coalition.at);
  const before = elapseTo(rules, coalition, at);
  const gone = [...(supposed.gone ?? [])];
  const after = advance(rules, before, {
    at,
    acts: gone.map((party) => ({ act: "withdraw", party, endsAt: at })),
    facts: supposedFacts(before, supposed),
  });
  const left = gone.filter((party) => before.bound.has(party));
  const rounds = [...(left.length > 0 ? [left] : []), ...after.rounds];
  // Grace puts departures off, so what follows is played to its end; dates and votes run out, so there is one.
  const anyway = new Set(futureOf(rules, before, before.history.length).map(nameOf));
  const changes = futureOf(rules, after, before.history.length).filter(
    (change) => !anyway.has(nameOf(change)),
  );
  const later = changes.filter((change) => change.at > at);
  return { rounds, changes, later, bound: after.bound };
}

function futureOf(rules: CoalitionRules, coalition: Coalition, from: number): readonly Change[] {
  return elapseTo(rules, coalition, Number.MAX_SAFE_INTEGER).history.slice(from);
}

function nameOf({ at, party, status, mode, trigger }: Change): string {
  return JSON.stringify([at, party, status, mode, trigger]);
}

function supposedFacts({ facts }: Coalition, supposed: Supposition): Coalition["facts"] {
  const verdicts = new Map(facts.verdicts);
  const violations = new Map(facts.violations);
  for (const party of supposed.findings ?? [])
    verdicts.set(party, { assurance: [], ...verdicts.get(party), verdict: "anomalous" });
  for (const party of supposed.verified ?? []) {
    verdicts.set(party, { assurance: [], ...verdicts.get(party), verdict: "verified" });
    violations.delete(party);
  }
  const tripwires = new Map<string, TripwireLevel>(facts.tripwires);
  for (const id of supposed.tripped ?? []) tripwires.set(id, "tripped");
  const rulings = new Map(facts.rulings);
  for (const question of supposed.ruled ?? []) rulings.set(question, true);
  const safeguards = new Set([...facts.safeguards, ...(supposed.accepted ?? [])]);
  return { ...facts, verdicts, violations, tripwires, rulings, safeguards };
}
