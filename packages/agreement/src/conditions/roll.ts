import { shareOf } from "@standstill/record";

/** What conditions look up in the terms: who counts, groups, and tables of weights. */
export interface Roll {
  /** Parties that count; not those whose instruments are counted with their members'. */
  readonly counted: ReadonlySet<string>;
  readonly parties: ReadonlySet<string>;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly weights: ReadonlyMap<string, Weights>;
}

/** A table of weights, frozen: the total includes those who never join. Whole numbers of its smallest unit. */
export interface Weights {
  readonly total: bigint;
  readonly of: ReadonlyMap<string, bigint>;
}

/** Members of a group, or all parties that count. */
export function membersOf(roll: Roll, group: string | undefined): ReadonlySet<string> {
  return group === undefined ? roll.counted : (roll.groups.get(group) ?? new Set());
}

/** Weight that is enough for a share of a table: the smallest whole number at or above it. */
export function weightNeeded(weights: Weights, share: string): bigint {
  return shareOf(share, weights.total);
}
