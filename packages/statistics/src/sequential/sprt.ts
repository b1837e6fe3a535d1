/** What a sequential test has come to. */
export type SequentialDecision = "kept" | "broken" | "go-on";

/** A sequential probability ratio test on outcomes of whole periods of a site, never on windows of one run. */
export interface RatioTest {
  /** Probability of an alarm in a period of which nothing is wrong, and of one of which something is. */
  readonly honest: number;
  readonly cheating: number;
  /** Accepted probabilities of accusing an honest party, and of missing a cheat. */
  readonly falseAlarm: number;
  readonly miss: number;
}

/**
 * Wald's sequential probability ratio test (Annals of Mathematical Statistics 1945): decides once the outcomes speak clearly enough,
 * and waits until then. Ratios are multiplied, so no logarithm is needed.
 *
 * @example ratioTest([true, true, true], { honest: 0.05, cheating: 0.5, falseAlarm: 0.01, miss: 0.1 }) // "broken"
 */
export function ratioTest(
  alarms: readonly boolean[],
  { honest, cheating, falseAlarm, miss }: RatioTest,
): SequentialDecision {
  for (const [name, share] of Object.entries({ honest, cheating, falseAlarm, miss })) {
    if (!(share > 0 && share < 1))
      throw new RangeError(`expected ${name} between 0 and 1, got ${share}`);
  }
  if (honest >= cheating) {
    throw new RangeError(
      `expected more alarms of a cheat than of an honest party, got ${cheating} and ${honest}`,
    );
  }
  const [upper, lower] = [(1 - miss) / falseAlarm, miss / (1 - falseAlarm)];
  let ratio = 1;
  for (const isAlarm of alarms) {
    ratio *= isAlarm ? cheating / honest : (1 - cheating) / (1 - honest);
    if (ratio >= upper) return "broken";
    if (ratio <= lower) return "kept";
  }
  return "go-on";
}
