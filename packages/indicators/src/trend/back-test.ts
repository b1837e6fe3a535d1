import { there } from "@standstill/record";
import { binomialAtLeast, naturalLogarithm, studentCumulative } from "@standstill/statistics";
import { IndicatorError } from "../error.ts";
import type { DatedValue } from "./doubling.ts";
import { type Forecaster, forecastFrom } from "./forecast.ts";

/** How forecasts that could have been made in the past have fared. */
export interface BackTest {
  /** Forecasts that could be made, each of the next point from those before it. */
  readonly forecasts: number;
  /** Share of points inside the bands of 80 and 95 %. */
  readonly inside80: number;
  readonly inside95: number;
  /** Mean of the logarithm of the density that was given to what came, per doubling: the higher, the better. */
  readonly logScore: number;
  /** Places of what came in the forecast distribution, from 0 to 1; even if the forecasts are calibrated. */
  readonly places: readonly number[];
  /** By how much bands have to be widened so that what came lies in them as often as said; at least 1. */
  readonly widening: number;
  /** Whether the bands held at least as often as an honest band of 80 % might by bad luck, one time in twenty. */
  readonly isCalibrated: boolean;
}

/**
 * Makes the forecast at each past point from what was known then, and scores it against the next (rolling origin; Gneiting and Raftery
 * 2007 on scores). `undefined` where fewer than three could be made.
 */
export function backTest(points: readonly DatedValue[], fewest = 5): BackTest | undefined {
  const scored: { place: number; density: number; standardised: number }[] = [];
  for (let known = fewest; known < points.length; known++) {
    const forecaster = forecastOr(points.slice(0, known));
    if (forecaster === undefined) continue;
    const { day, value } = there(points[known]);
    scored.push(scoreOf(forecaster, day, value));
  }
  if (scored.length < 3) return undefined;
  const share = (level: number) =>
    scored.filter(({ place }) => place > (1 - level) / 2 && place < (1 + level) / 2).length /
    scored.length;
  const square = scored.reduce((sum, { standardised }) => sum + standardised * standardised, 0);
  const inside80 = share(0.8);
  const inside = Math.round(inside80 * scored.length);
  return {
    forecasts: scored.length,
    inside80,
    inside95: share(0.95),
    logScore:
      scored.reduce((sum, { density }) => sum + naturalLogarithm(Math.max(density, 1e-12)), 0) /
      scored.length,
    places: scored.map(({ place }) => place),
    widening: Math.max(1, Math.sqrt(square / scored.length)),
    isCalibrated: 1 - binomialAtLeast(inside + 1, scored.length, 0.8) >= 0.05,
  };
}

function forecastOr(points: readonly DatedValue[]): Forecaster | undefined {
  try {
    return forecastFrom(points);
  } catch (error) {
    if (error instanceof IndicatorError) return undefined;
    throw error;
  }
}

const STEP = 1e-3;

function scoreOf(forecaster: Forecaster, day: number, value: number) {
  const below = (threshold: number) => 1 - forecaster.atLeast(threshold, day);
  const place = below(value);
  // Density per doubling, as the slope of the distribution over a small step.
  const density =
    (below(value * (1 + STEP * Math.LN2)) - below(value * (1 - STEP * Math.LN2))) / (2 * STEP);
  const { value: expected, high } = forecaster.at(
    day,
    2 * studentCumulative(1, forecaster.points - 2) - 1,
  );
  const deviation = naturalLogarithm(high / expected);
  return { place, density, standardised: naturalLogarithm(value / expected) / deviation };
}
