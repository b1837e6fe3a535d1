import {
  backTest,
  dayOfProbability,
  type Forecaster,
  forecastFrom,
  frontierPoints,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { amount, day } from "../../command/format.ts";
import { optional, several, some } from "../../command/input.ts";
import { table } from "../../output.ts";
import { horizonsIn, trendOptions } from "./horizons-file.ts";
import { dateOf, dayOf } from "./words.ts";

/** First days of the windows, where none is given. */
const WINDOWS = ["2023-01-01", "2024-01-01"];

/** `standstill indicators forecast`: when horizons reach thresholds, from several windows, each with its back-test. */
export const command = defineCommand({
  summary: "When horizons reach thresholds, with how past forecasts fared",
  options: {
    ...trendOptions,
    threshold: some("<hours>", "hours of human work", amount),
    by: optional(
      "<day>",
      "day for which the probability is told; a year after the newest model",
      day,
    ),
    from: several("<day>", "first day of a window", day),
  },
  examples: [
    "standstill indicators forecast --horizons horizons.json --threshold 40 --threshold 167 --by 2027-12-31",
  ],
  action: async ({ horizons, threshold, by: last, from: starts, ...trend }, terminal) => {
    const { points } = await horizonsIn(horizons);
    const newest = Math.max(...points.map((one) => one.day));
    const by = last === undefined ? newest + 365 : dayOf(last);
    const windows = (starts.length === 0 ? WINDOWS : starts).map((from) => {
      const { chosen } = frontierPoints(points, { ...trend, fromDay: dayOf(from) });
      const test = backTest(chosen);
      const forecaster = forecastFrom(chosen, test?.widening ?? 1);
      return {
        from,
        points: forecaster.points,
        doublingDays: forecaster.doublingDays,
        scatterDoublings: forecaster.scatter,
        backTest: test ?? null,
        thresholds: threshold.map((hours) => crossing(forecaster, hours, newest, by)),
      };
    });
    const answer = { by: dateOf(by), at: trend.at, windows };
    terminal.answer(answer, () => describe(answer));
    return "ok";
  },
});

function crossing(forecaster: Forecaster, hours: number, newest: number, by: number) {
  const at = hours * 60;
  const when = (share: number) => {
    const day = dayOfProbability(forecaster, at, share, newest);
    return day === null ? null : dateOf(day);
  };
  return {
    hours,
    expected: dateOf(forecaster.reaches(at)),
    probability: forecaster.atLeast(at, by),
    likelyFrom: { tenPercent: when(0.1), half: when(0.5), ninetyPercent: when(0.9) },
  };
}

function describe({
  by,
  windows,
}: {
  readonly by: string;
  readonly windows: readonly {
    readonly from: string;
    readonly doublingDays: number;
    readonly backTest: { readonly forecasts: number; readonly inside80: number } | null;
    readonly thresholds: readonly ReturnType<typeof crossing>[];
  }[];
}): string {
  const tests = windows.map(({ from, doublingDays, backTest: test }) =>
    test === null
      ? `From ${from}: doubling in ${doublingDays.toFixed(0)} days. Too few past forecasts to test it.`
      : `From ${from}: doubling in ${doublingDays.toFixed(0)} days. Of ${test.forecasts} forecasts of the past, ${Math.round(test.inside80 * test.forecasts)} held within their band of 80 %.`,
  );
  const rows = windows.flatMap(({ from, thresholds }) =>
    thresholds.map((one) => [
      from,
      `${one.hours} h`,
      one.expected,
      `${Math.round(one.probability * 100)} %`,
      `${one.likelyFrom.tenPercent ?? "never"} to ${one.likelyFrom.ninetyPercent ?? "beyond fifty years"}`,
    ]),
  );
  return [
    ...tests,
    "Windows differ; none is the right one.",
    "",
    table(["models from", "threshold", "expected", `by ${by}`, "one in ten to nine in ten"], rows),
  ].join("\n");
}
