import { type Coalition, partiesIn } from "@standstill/agreement";

/** A party as the picture of a coalition shows it. */
export interface PartyNode {
  readonly id: string;
  readonly name: string;
  readonly bound: boolean;
}

/** A hold: `from` is bound only while something holds of `to`. */
export interface Hold {
  readonly from: string;
  readonly to: string;
}

/** Who holds whom, from the conditions of the pledges. */
export function holdsOf(coalition: Coalition): Hold[] {
  return [...coalition.pledges].flatMap(([from, pledge]) =>
    [...new Set(partiesIn(pledge.while))].map((to) => ({ from, to })),
  );
}

/** The finding of the picture in a sentence: on whom most others rest. */
export function findingOf(parties: readonly PartyNode[], holds: readonly Hold[]): string {
  const bound = parties.filter((party) => party.bound);
  if (bound.length === 0) return "Nobody is bound, so nobody holds anybody.";
  const resting = bound.map((party) => ({
    party,
    count: holds.filter(({ from, to }) => to === party.id && bound.some((one) => one.id === from))
      .length,
  }));
  const most = Math.max(...resting.map(({ count }) => count));
  if (most === 0) return "Nobody who is bound asks anything of another.";
  const names = resting.filter(({ count }) => count === most).map(({ party }) => party.name);
  const who =
    names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  const pledges = most === 1 ? "one pledge rests" : `${most} pledges rest`;
  return names.length === 1
    ? `On ${who} ${pledges} that still ${most === 1 ? "binds" : "bind"}.`
    : `On each of ${who} ${pledges} that still ${most === 1 ? "binds" : "bind"}.`;
}
