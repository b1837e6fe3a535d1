import { dayOf, startOfDay } from "@standstill/agreement";
import { DAY_MS } from "@standstill/record";
import { type BackTest, backTest } from "./back-test.ts";
import { dayOfProbability, type Forecaster, forecastFrom } from "./forecast.ts";
import { frontierPoints, type HorizonTrend } from "./horizon-doubling.ts";
import type { HorizonPoint } from "./horizon-points.ts";

/** When a forecast reaches a threshold. */
export interface Crossing {
  readonly hours: number;
  /** Day on which the line reaches it. */
  readonly expected: string;
  /** Probability that it is reached by the day that was asked. */
  readonly probability: number;
  /** Days from which on it is that likely; nothing where that lies beyond what is forecast. */
  readonly likelyFrom: {
    readonly tenPercent: string | null;
    readonly half: string | null;
    readonly ninetyPercent: string | null;
  };
}

/** A forecast from the models of one window, and how it would have fared. */
export interface WindowForecast {
  readonly from: string;
  readonly points: number;
  readonly doublingDays: number;
  readonly scatterDoublings: number;
  readonly backTest: BackTest | null;
  readonly thresholds: readonly Crossing[];
}

/** What is forecast. Days as `2026-06-04`. */
export interface ForecastQuestion extends Pick<HorizonTrend, "at" | "limitMinutes" | "frontier"> {
  /** First day of each window; two usual ones where there is none. */
  readonly from: readonly string[];
  /** Hours of human work. */
  readonly thresholds: readonly number[];
  /** Day for which the probability is told; a year after the newest model where absent. */
  readonly by: string | undefined;
}

const WINDOWS = ["2023-01-01", "2024-01-01"];

/**
 * When horizons reach thresholds, from several windows, each widened by how its past forecasts fared. Windows differ; none is the right one.
 *
 * @throws IndicatorError as `forecastFrom`
 */
export function forecastWindows(
  points: readonly HorizonPoint[],
  { from, thresholds, by: asked, ...trend }: ForecastQuestion,
): { readonly by: string; readonly windows: readonly WindowForecast[] } {
  const newest = Math.max(...points.map(({ day }) => day));
  const by = asked === undefined ? newest + 365 : startOfDay(asked) / DAY_MS;
  const windows = (from.length === 0 ? WINDOWS : from).map((first) => {
    const { chosen } = frontierPoints(points, { ...trend, fromDay: startOfDay(first) / DAY_MS });
    const test = backTest(chosen) ?? null;
    const forecaster = forecastFrom(chosen, test?.widening ?? 1);
    return {
      from: first,
      points: forecaster.points,
      doublingDays: forecaster.doublingDays,
      scatterDoublings: forecaster.scatter,
      backTest: test,
      thresholds: thresholds.map((hours) => crossing(forecaster, hours, newest, by)),
    };
  });
  return { by: dateOf(by), windows };
}

function crossing(forecaster: Forecaster, hours: number, newest: number, by: number): Crossing {
  const minutes = hours * 60;
  const when = (share: number) => {
    const day = dayOfProbability(forecaster, minutes, share, newest);
    return day === null ? null : dateOf(day);
  };
  return {
    hours,
    expected: dateOf(forecaster.reaches(minutes)),
    probability: forecaster.atLeast(minutes, by),
    likelyFrom: { tenPercent: when(0.1), half: when(0.5), ninetyPercent: when(0.9) },
  };
}

function dateOf(day: number): string {
  return dayOf(Math.floor(day) * DAY_MS);
}
