import { doublingFindings, horizonDoubling } from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { count, day, whole } from "../../command/format.ts";
import { optional, usual } from "../../command/input.ts";
import { table } from "../../output.ts";
import { horizonsIn, trendOptions } from "./horizons-file.ts";
import { dayOf, minutes } from "./words.ts";

/** `standstill indicators doubling`: how fast the longest horizons of their time double. */
export const command = defineCommand({
  summary: "How fast the longest horizons of their time double",
  options: {
    ...trendOptions,
    from: optional("<day>", "first day that counts", day),
    bootstrap: usual(
      "<number>",
      "draws for the interval by the errors of the horizons",
      whole(0, 100_000),
      "2000",
    ),
    seed: usual("<number>", "seed of the draws", count, "42"),
  },
  examples: [
    "standstill indicators doubling --horizons horizons.json --from 2023-01-01",
    "standstill indicators doubling --horizons horizons.csv --at p80 --json",
  ],
  action: async ({ horizons, from, at, limitMinutes, frontier, bootstrap, seed }, terminal) => {
    const { points, without } = await horizonsIn(horizons);
    const found = horizonDoubling(points, {
      fromDay: from === undefined ? undefined : dayOf(from),
      at,
      limitMinutes,
      frontier,
      replicates: bootstrap,
      seed,
    });
    const asked = { from: from ?? null, at, frontier, suiteLimitMinutes: limitMinutes };
    const answer = { ...asked, ...found, without };
    terminal.answer({ ...answer, indicators: doublingFindings(found) }, () => describe(answer));
    return "ok";
  },
});

type Answer = ReturnType<typeof horizonDoubling> & {
  readonly from: string | null;
  readonly without: readonly string[];
};

function describe({ from, without, ...found }: Answer): string {
  const days = (value: number | null) => (value === null ? "no end" : `${value.toFixed(1)} days`);
  const { scatterInterval: scatter, measurementInterval: errors, beyondSuite } = found;
  return [
    `Horizons double in ${days(found.doublingDays)}${from === null ? "" : ` (models from ${from} on)`}, by ${found.points.length} models that were the best of their time.`,
    `95 % by the scatter about the line: ${days(scatter.low)} to ${days(scatter.high)}.`,
    errors === null
      ? "95 % by the errors of the horizons: not known, since not all have an interval."
      : `95 % by the errors of the horizons: ${days(errors.low)} to ${days(errors.high)}.`,
    ...(beyondSuite.length === 0
      ? []
      : [`Left out, as longer than the suite can measure: ${beyondSuite.join(", ")}.`]),
    ...(without.length === 0 ? [] : [`Without a horizon: ${without.join(", ")}.`]),
    "",
    table(
      ["model", "came out", "horizon"],
      found.points.map((one) => [one.alias, one.released, minutes(one.minutes)]),
    ),
  ].join("\n");
}
