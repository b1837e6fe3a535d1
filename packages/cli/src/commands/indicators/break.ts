import {
  type BreakTest,
  breakFindings,
  isBroken,
  parseSeries,
  testBreak,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";
import { dateOf, percent } from "./words.ts";

/** `standstill indicators break`: whether a series changed, by a jump or by its slope. */
export const command = defineCommand({
  summary: "Whether a series changed, and whether by a jump or by its slope",
  options: labFile("days and values, as 2026-05-01,42 a line"),
  examples: ["standstill indicators break --file capability-index.csv"],
  action: async (given, terminal) => {
    const found = await measured(given, (text) => testBreak(parseSeries(text)));
    terminal.answer({ ...found, indicators: breakFindings(found) }, () => describe(found));
    return "ok";
  },
});

const MODELS = {
  line: "one line",
  jump: "a jump",
  hinge: "a change of slope",
  "two-lines": "a jump and a change of slope",
} as const;

function describe(test: BreakTest): string {
  const { fits, probability } = test;
  const best = MODELS[fits[0]?.model ?? "line"];
  return [
    `${isBroken(test) ? `The series changed: ${best} explains it best` : "No change is shown"} (chance of this without a change: ${percent(probability)}).`,
    "",
    table(
      ["", "criterion (BIC)", "on", "slope after / before", "95 % interval"],
      fits.map(({ model, bic, day, slopeRatio: ratio }) => [
        MODELS[model],
        bic.toFixed(2),
        day === null ? "" : dateOf(day),
        ratio === null ? "" : ratio.value.toFixed(2),
        ratio === null ? "" : `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`,
      ]),
    ),
  ].join("\n");
}
