import { robustnessOf, rulesOf } from "@standstill/agreement";
import { defineCommand } from "../../command/define.ts";
import { chance, count, recordPlace } from "../../command/format.ts";
import { needed, optional, usual } from "../../command/input.ts";
import { table } from "../../output.ts";
import { agreementIn } from "../../record-place.ts";
import { nameIn } from "./words.ts";

/** `standstill agreement robustness`: the chance that false alarms alone would break a coalition. */
export const command = defineCommand({
  summary: "Tell the chance that false alarms alone would break the coalition",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    periods: usual("<number>", "periods judged in a year", count, "12"),
    rate: optional(
      "<chance>",
      "chance of a false alarm for a party in a period; its share of the agreement's budget where absent",
      chance,
    ),
    trials: usual("<number>", "random years, where there are too many cases", count, "2000"),
    seed: usual("<number>", "seed of the random years", count, "1"),
  },
  examples: [
    "standstill agreement robustness .standstill",
    "standstill agreement robustness .standstill --rate 0.05 --periods 12 --json",
  ],
  action: async ({ record, periods, rate, trials, seed }, terminal) => {
    const { terms, coalition } = await agreementIn(record);
    // The budget of the terms is for all parties together.
    const budget = Number(terms.goals?.falseAlarmRate ?? "0.05") / terms.parties.length;
    const asked = { periodsPerYear: periods, falseAlarmRate: rate ?? budget, trials, seed };
    const found = robustnessOf(rulesOf(terms), coalition, asked);
    const { falseAlarmRate, periodsPerYear } = asked;
    const answer = { ...found, falseAlarmRate, periodsPerYear, fragile: [...found.fragile] };
    terminal.answer(answer, () => describe(found, asked, nameIn(terms)));
    return "ok";
  },
});

function describe(
  found: ReturnType<typeof robustnessOf>,
  { periodsPerYear, falseAlarmRate, trials, seed }: Parameters<typeof robustnessOf>[2],
  name: (id: string) => string,
): string {
  const method =
    found.method === "exact"
      ? "All cases were gone through."
      : `${trials} random years were tried, with seed ${seed}.`;
  return [
    `False alarms alone would break the coalition with a chance of ${percent(found.chanceOfBreaking)} a year.`,
    `It rests on ${found.parties} bound parties, ${periodsPerYear} periods a year and a false alarm in ${percent(falseAlarmRate)} of a party's periods: ${found.expectedAlarmsPerYear.toPrecision(2)} alarms a year are to be expected, at least one with a chance of ${percent(found.chanceOfAnyAlarm)}. ${method}`,
    "",
    table(
      ["an alarm against", "takes out at once"],
      [...found.fragile].map(([party, out]) => [name(party), out.map(name).join(", ") || "nobody"]),
    ),
  ].join("\n");
}

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`;
}
