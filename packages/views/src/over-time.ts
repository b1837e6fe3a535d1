import type { Terms } from "@standstill/agreement";
import { ratioTest, type SequentialDecision } from "@standstill/statistics";
import type { VerdictValue } from "@standstill/verification";

/** What a party's verdicts say together. */
export interface OverTime {
  /** Periods of sites that speak: with findings, or verified. Unverified ones say nothing, since a cheat might have been quiet there. */
  readonly periods: number;
  readonly alarms: number;
  /**
   * `broken` where so many findings are too many for false alarms, `kept` where a party that cheats in each period as the agreement
   * wants it found would have been, `go-on` where it is too early to say.
   */
  readonly decision: SequentialDecision;
}

/**
 * Wald's sequential test over the verdicts on a party, one outcome for each period of a site: an honest party has findings in its part
 * of the agreed share of false alarms, a cheat in the agreed share of detection. These are also the risks of either error. `undefined`
 * where nothing was judged or no goals are agreed.
 *
 * @example overTime(terms, ["verified", "anomalous"]) // { periods: 2, alarms: 1, decision: "go-on" }
 */
export function overTime(
  { goals, parties }: Pick<Terms, "goals" | "parties">,
  verdicts: readonly VerdictValue[],
): OverTime | undefined {
  const alarms = verdicts
    .filter((value) => value !== "unverified")
    .map((value) => value !== "verified");
  if (goals === undefined || verdicts.length === 0) return undefined;
  const [detected, falsely] = [Number(goals.detectionProbability), Number(goals.falseAlarmRate)];
  const honest = falsely / parties.length;
  const isTestable = honest > 0 && detected > honest && detected < 1;
  const errors = { falseAlarm: falsely, miss: 1 - detected };
  return {
    periods: alarms.length,
    alarms: alarms.filter(Boolean).length,
    decision: isTestable ? ratioTest(alarms, { honest, cheating: detected, ...errors }) : "go-on",
  };
}
