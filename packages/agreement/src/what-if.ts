import type { Coalition } from "./coalition.ts";
import { isMet, type Mode } from "./condition.ts";

/** What is supposed: findings against some parties, and some parties gone. */
export interface Supposition {
  readonly accused: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
}

/** What would follow: who would drop out, round by round, and who would stay bound. */
export interface Cascade {
  /** Each round holds those whose condition fails once the rounds before have dropped out. */
  readonly rounds: readonly (readonly string[])[];
  readonly bound: ReadonlyMap<string, Mode>;
}

/**
 * Plays a supposition through: who would follow whom out, in order. The end is what the record's own rule gives; the
 * rounds only show the way there.
 *
 * @example whatIf(coalition, { accused: new Set(["aster"]), gone: new Set() }).rounds // [["borealis"], ["aster"], …]
 */
export function whatIf(coalition: Coalition, supposed: Supposition): Cascade {
  const bound = new Map(coalition.bound);
  const rounds: string[][] = [];
  const left = [...bound.keys()].filter((party) => supposed.gone.has(party));
  for (const party of left) bound.delete(party);
  if (left.length > 0) rounds.push(left);
  for (;;) {
    const given = { bound, accused: supposed.accused };
    const leaving = [...bound.keys()].filter((party) => {
      const pledge = coalition.pledges.get(party);
      return pledge === undefined || !isMet(pledge.while, given);
    });
    if (leaving.length === 0) break;
    for (const party of leaving) bound.delete(party);
    rounds.push(leaving);
  }
  return { rounds, bound };
}
