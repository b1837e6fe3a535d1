import { millionths } from "@standstill/record";
import * as statistics from "@standstill/statistics";
import { thresholds } from "./methods/draft/thresholds.ts";
import type { Subject } from "./subject.ts";

/** As many draws as make two of them reaching the observed value still significant. */
export function drawsFor({ terms }: Pick<Subject, "terms">, tests: number): number {
  const draws = statistics.drawsFor(rateOf(terms), terms.parties.length * tests);
  return Math.min(thresholds.draws.most, draws ?? thresholds.draws.plain);
}

/**
 * Whether so few draws reached the observed value that it is no chance: the false-alarm rate of the agreement is shared among its
 * parties, and a party's share among its tests.
 */
export function isSignificant(
  among: { readonly reached: number; readonly drawn: number },
  { terms }: Pick<Subject, "terms">,
  tests: number,
): boolean {
  return statistics.isSignificant(among, rateOf(terms), terms.parties.length * tests);
}

/** Whether a correlation in thousandths is as strong as agreed. */
export function isStrong(thousandths: number, { terms }: Pick<Subject, "terms">): boolean {
  return BigInt(thousandths) * 1000n >= millionths(terms.synchrony.smallestCorrelation);
}

function rateOf({ goals }: Subject["terms"]): bigint {
  return millionths(goals.falseAlarmRate);
}
