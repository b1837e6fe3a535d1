import { millionths } from "./interval.ts";
import type { Subject } from "./subject.ts";

/** Draws where the agreement allows no false alarm at all, so that nothing can be significant. */
const PLAIN_DRAWS = 199;
const MOST_DRAWS = 9999;
/** Once so many draws reach the observed value it is common, and the rest need not be made (Besag and Clifford 1991). */
export const ENOUGH_REACHED = 20;

/** As many draws as make two of them reaching the observed value still significant. */
export function drawsFor({ terms }: Subject, tests: number): number {
  const rate = millionths(terms.goals.falseAlarmRate);
  const shares = BigInt(terms.parties.length * tests);
  if (rate === 0n) return PLAIN_DRAWS;
  return Math.min(MOST_DRAWS, Number((2_000_000n * shares + rate - 1n) / rate) - 1);
}

/**
 * Whether so few draws reached the observed value that it is no chance: the false-alarm rate of the agreement is shared among its
 * parties, and a party's share among its tests.
 */
export function isSignificant(
  { reached, drawn }: { readonly reached: number; readonly drawn: number },
  { terms }: Subject,
  tests: number,
): boolean {
  const shares = BigInt(terms.parties.length * tests);
  const rate = millionths(terms.goals.falseAlarmRate);
  return BigInt(reached + 1) * 1_000_000n * shares <= rate * BigInt(drawn + 1);
}

/** Whether a correlation in thousandths is as strong as agreed. */
export function isStrong(thousandths: number, { terms }: Subject): boolean {
  return BigInt(thousandths) * 1000n >= millionths(terms.synchrony.smallestCorrelation);
}
