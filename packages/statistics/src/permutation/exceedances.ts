/** How an observed value stands among those of draws in which nothing is but chance. */
export interface Exceedances {
  /** How many of the draws that were made reached the observed value. */
  readonly reached: number;
  readonly drawn: number;
  /** The highest value of any draw; minus infinity where none was made. */
  readonly highest: number;
}

/** Once so many draws reach the observed value it is common, and the rest need not be made. */
const ENOUGH_REACHED = 20;

/**
 * Holds an observed value against draws: a permutation test, which stops early where the value is common (Besag and Clifford 1991).
 *
 * @param draws how many draws to make at most
 * @param draw the statistic of one draw
 */
export function exceedances(observed: number, draws: number, draw: () => number): Exceedances {
  let [reached, drawn, highest] = [0, 0, Number.NEGATIVE_INFINITY];
  while (drawn < draws && reached < ENOUGH_REACHED) {
    drawn++;
    const value = draw();
    if (value >= observed) reached++;
    if (value > highest) highest = value;
  }
  return { reached, drawn, highest };
}

const MILLION = 1_000_000n;

/**
 * As many draws as make two of them reaching the observed value still significant, where a rate of false alarms in millionths is shared
 * among so many tests. `undefined` where the rate is 0, since then nothing can be significant.
 */
export function drawsFor(rateMillionths: bigint, shares: number): number | undefined {
  if (rateMillionths === 0n) return undefined;
  return Number((2n * MILLION * BigInt(shares) + rateMillionths - 1n) / rateMillionths) - 1;
}

/** Whether so few draws reached the observed value that a share of the rate of false alarms, in millionths, allows to call it no chance. */
export function isSignificant(
  { reached, drawn }: Pick<Exceedances, "reached" | "drawn">,
  rateMillionths: bigint,
  shares: number,
): boolean {
  return BigInt(reached + 1) * MILLION * BigInt(shares) <= rateMillionths * BigInt(drawn + 1);
}
