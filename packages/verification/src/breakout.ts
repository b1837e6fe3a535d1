import { millionths, parseQuantity } from "@standstill/record";
import { highestPeak } from "./account/index.ts";
import { nodesOf, type Subject } from "./subject.ts";

/**
 * Seconds until a limit is reached from what is used already, rounded down: how soon a party could break out. Inspections have to come
 * more often than that. Nothing where there is no compute.
 *
 * @param peakFlopPerSecond of all accelerators together
 * @param utilization share of the peak that work reaches, in millionths
 * @example breakoutSeconds(10n ** 24n, 0n, 4096n * 990n * 10n ** 12n, 400_000n) // 616512n, which is 7.1 days
 */
export function breakoutSeconds(
  limitFlop: bigint,
  usedFlop: bigint,
  peakFlopPerSecond: bigint,
  utilization: bigint,
): bigint | undefined {
  const rate = peakFlopPerSecond * utilization;
  if (rate <= 0n) return undefined;
  const left = limitFlop - usedFlop;
  return left <= 0n ? 0n : (left * 1_000_000n) / rate;
}

/** How soon a site could reach each limit on a training run from nothing, with all that it declared. */
export interface Breakout {
  readonly obligation: string;
  readonly limitFlop: bigint;
  readonly seconds: bigint;
}

/**
 * Breakout times of a site, to the limits that were in force last in its period: at the highest known peak and the highest agreed utilization of each accelerator type, so that it is
 * not sooner in truth.
 */
export function breakoutsOf(subject: Subject): Breakout[] {
  let rate = 0n;
  for (const { accelerator, accelerators } of nodesOf(subject)) {
    rate += accelerators * highestPeak(accelerator) * millionths(accelerator.utilization.high);
  }
  const last = subject.duties.findLast(({ duties }) => duties.length > 0);
  return (last?.duties ?? []).flatMap(({ obligation, limit }) => {
    if (obligation.kind !== "training-run-limit" || limit === undefined) return [];
    const limitFlop = parseQuantity(limit, "FLOP");
    const seconds = breakoutSeconds(limitFlop, 0n, rate, 1n);
    return seconds === undefined ? [] : [{ obligation: obligation.id, limitFlop, seconds }];
  });
}
