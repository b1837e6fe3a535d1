import { type Condition, isMet, type Mode } from "./condition.ts";

/** A pledge as the fold holds it. */
export interface Pledge {
  readonly mode: Mode;
  readonly while: Condition;
  /** Index of the statement in the record. */
  readonly index: number;
}

/** One change of a party's status, with the entry of the record that caused it. */
export interface StatusChange {
  readonly party: string;
  readonly status: "bound" | "dropped";
  readonly mode: Mode;
  readonly index: number;
}

/** Who has pledged what, who is bound now, and how that came about. */
export interface Coalition {
  readonly pledges: ReadonlyMap<string, Pledge>;
  readonly bound: ReadonlyMap<string, Mode>;
  /** Parties that fell out; each returns only by a new pledge. */
  readonly dropped: ReadonlySet<string>;
  readonly history: readonly StatusChange[];
}

/** A coalition before anybody pledged. */
export const emptyCoalition: Coalition = {
  pledges: new Map(),
  bound: new Map(),
  dropped: new Set(),
  history: [],
};

/**
 * The greatest set of pledgers whose conditions all hold while exactly that set is bound. Conditions are monotone, so
 * starting from everybody and letting the unsatisfied go ends there, in any order (Knaster and Tarski).
 *
 * @example greatestFixedPoint(new Map([["a", pledgeWhileBBound], ["b", pledgeWhileABound]]), new Set()) // both
 */
export function greatestFixedPoint(
  pledges: ReadonlyMap<string, Pledge>,
  accused: ReadonlySet<string>,
): Map<string, Mode> {
  const bound = new Map([...pledges].map(([party, pledge]) => [party, pledge.mode]));
  // Only those who mention somebody that left can change, so a long chain costs no more than its links.
  let dependents: Map<string, string[]> | undefined;
  let asked: Iterable<string> = pledges.keys();
  for (;;) {
    const leaving: string[] = [];
    for (const party of asked) {
      if (bound.has(party) && !isMet((pledges.get(party) as Pledge).while, { bound, accused }))
        leaving.push(party);
    }
    if (leaving.length === 0) return bound;
    for (const party of leaving) bound.delete(party);
    dependents ??= dependentsOf(pledges, bound);
    const known = dependents;
    asked = new Set(leaving.flatMap((party) => known.get(party) ?? []));
  }
}

/** For each party, those still bound whose conditions ask that it is. */
function dependentsOf(
  pledges: ReadonlyMap<string, Pledge>,
  bound: ReadonlyMap<string, Mode>,
): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  const visit = (condition: Condition, party: string): void => {
    if ("all" in condition) for (const part of condition.all) visit(part, party);
    else if ("of" in condition) for (const part of condition.of) visit(part, party);
    else if ("bound" in condition) {
      const known = dependents.get(condition.bound);
      if (known === undefined) dependents.set(condition.bound, [party]);
      else known.push(party);
    }
  };
  for (const party of bound.keys()) visit((pledges.get(party) as Pledge).while, party);
  return dependents;
}

/** Takes a new pledge in; a party that had dropped may be bound again. */
export function withPledge(coalition: Coalition, party: string, pledge: Pledge): Coalition {
  const dropped = new Set(coalition.dropped);
  dropped.delete(party);
  return { ...coalition, pledges: new Map(coalition.pledges).set(party, pledge), dropped };
}

/** Settles who is bound after the event at `index`: those who had dropped before stay out. */
export function settle(
  coalition: Coalition,
  accused: ReadonlySet<string>,
  index: number,
): Coalition {
  const candidates = new Map(
    [...coalition.pledges].filter(([party]) => !coalition.dropped.has(party)),
  );
  const bound = greatestFixedPoint(candidates, accused);
  const dropped = new Set(coalition.dropped);
  const history = [...coalition.history];
  for (const [party, mode] of coalition.bound) {
    if (bound.has(party)) continue;
    dropped.add(party);
    history.push({ party, status: "dropped", mode, index });
  }
  for (const [party, mode] of bound) {
    if (coalition.bound.get(party) !== mode) history.push({ party, status: "bound", mode, index });
  }
  return { pledges: coalition.pledges, bound, dropped, history };
}
