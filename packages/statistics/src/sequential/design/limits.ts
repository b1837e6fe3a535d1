import { normalQuantile } from "../../distributions/normal.ts";
import type { SequentialLimits } from "../judge.ts";
import { limitForHorizon } from "./page-design.ts";

/** Page's reference value: half of a shift of one standard deviation a period. */
const REFERENCE = 0.5;

/**
 * Limits for so many periods under a budget of false alarms over all of them: half of it for Page's test, half for the cumulated
 * balance, divided among its periods (Bonferroni), so that the budget is kept whatever correlates.
 *
 * @example limitsFor(12, 0.05).cumulated // about 2.87
 */
export function limitsFor(periods: number, falseAlarms: number): SequentialLimits {
  if (!(falseAlarms > 0 && falseAlarms < 1) || !(periods >= 1)) {
    throw new RangeError(
      `expected a budget between 0 and 1 and at least one period, got ${falseAlarms} and ${periods}`,
    );
  }
  return {
    page: { reference: REFERENCE, limit: limitForHorizon(REFERENCE, periods, falseAlarms / 2) },
    cumulated: normalQuantile(1 - falseAlarms / 2 / periods),
  };
}

/**
 * The loss that one test with a standard deviation finds with a given probability, under a probability of false alarms (IAEA
 * Safeguards Glossary, "detection probability"): both quantiles times the standard deviation.
 */
export function leastDetectable(sigma: number, falseAlarms: number, detection: number): number {
  return (normalQuantile(1 - falseAlarms) + normalQuantile(detection)) * sigma;
}
