import { forecastWindows } from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { amount, day } from "../../command/format.ts";
import { optional, several, some } from "../../command/input.ts";
import { table } from "../../output.ts";
import { horizonsIn, trendOptions } from "./horizons-file.ts";

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
  action: async ({ horizons, threshold, by, from, ...trend }, terminal) => {
    const { points } = await horizonsIn(horizons);
    const forecast = forecastWindows(points, { ...trend, from, thresholds: threshold, by });
    const answer = { at: trend.at, ...forecast };
    terminal.answer(answer, () => describe(answer));
    return "ok";
  },
});

function describe({ by, windows }: ReturnType<typeof forecastWindows>): string {
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
