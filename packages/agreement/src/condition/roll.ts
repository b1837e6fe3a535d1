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

/** Parties that a count counts. */
export function countedIn(
  roll: Roll,
  { of, besides }: { readonly of?: string | undefined; readonly besides?: string | undefined },
): string[] {
  const left = besides === undefined ? new Set<string>() : membersOf(roll, besides);
  return [...membersOf(roll, of)].filter((party) => roll.counted.has(party) && !left.has(party));
}

/** Weight that is enough for a share of a table: the smallest whole number at or above it. */
export function weightNeeded(weights: Weights, share: string): bigint {
  const millionths = millionthsOf(share);
  return (weights.total * millionths + 999_999n) / 1_000_000n;
}

/** A share as written in terms, in millionths. */
export function millionthsOf(share: string): bigint {
  const [whole = "0", fraction = ""] = share.split(".");
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
}
