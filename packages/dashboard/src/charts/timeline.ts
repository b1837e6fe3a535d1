import type { Change } from "@standstill/agreement";

/** A stretch of the record over which a party was bound; entries of the record. */
export interface Stretch {
  readonly name: string;
  readonly from: number;
  /** First entry at which it no longer was; the size of the record where it still is. */
  readonly to: number;
}

/** For each party the stretches over which it was bound. */
export function stretchesOf(
  history: readonly Change[],
  size: number,
  name: (id: string) => string,
): Stretch[] {
  const open = new Map<string, number>();
  const stretches: Stretch[] = [];
  for (const { party, status, index } of history) {
    if (party === undefined || index === undefined) continue;
    const from = open.get(party);
    if (status === "bound") {
      if (from === undefined) open.set(party, index);
    } else if (from !== undefined) {
      stretches.push({ name: name(party), from, to: index });
      open.delete(party);
    }
  }
  for (const [party, from] of open) stretches.push({ name: name(party), from, to: size });
  return stretches;
}
