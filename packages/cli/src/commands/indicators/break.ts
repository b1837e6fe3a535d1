import {
  type BreakTest,
  type DatedValue,
  IndicatorError,
  type IndicatorFinding,
  numberFinding,
  testBreak,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";
import { dateOf, dayOf, percent } from "./words.ts";

/** `standstill indicators break`: whether a series changed, by a jump or by its slope. */
export const command = defineCommand({
  summary: "Whether a series changed, and whether by a jump or by its slope",
  options: labFile("days and values, as 2026-05-01,42 a line"),
  examples: ["standstill indicators break --file capability-index.csv"],
  action: async (given, terminal) => {
    const found = await measured(given, (text) => testBreak(seriesIn(text)));
    terminal.answer({ ...found, indicators: [breakFinding(found)] }, () => describe(found));
    return "ok";
  },
});

/** Chance of a series as broken without a break, below which it counts as broken. */
const SIGNIFICANCE = 0.05;

function breakFinding({ fits, probability }: BreakTest): IndicatorFinding {
  const hinge = fits.find(({ model }) => model === "hinge")?.slopeRatio ?? null;
  const isShown = probability < SIGNIFICANCE && fits[0]?.model !== "jump";
  return isShown && hinge !== null
    ? numberFinding("progress-ratio", hinge.value, Math.max(0, hinge.low), hinge.high)
    : { indicator: "progress-ratio", result: { cannotSay: "no change of slope is shown" } };
}

const MODELS = {
  line: "one line",
  jump: "a jump",
  hinge: "a change of slope",
  "two-lines": "a jump and a change of slope",
} as const;

function describe({ fits, probability }: BreakTest): string {
  const best = MODELS[fits[0]?.model ?? "line"];
  return [
    `${probability < SIGNIFICANCE ? `The series changed: ${best} explains it best` : "No change is shown"} (chance of this without a change: ${percent(probability)}).`,
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

function seriesIn(text: string): DatedValue[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && !/^date\b/i.test(line))
    .map((line, i) => {
      const [date = "", value = ""] = line.split(",").map((cell) => cell.trim());
      const day = dayOf(date);
      if (!Number.isInteger(day) || value === "" || !Number.isFinite(Number(value)))
        throw new IndicatorError(
          "malformed-data",
          `expected a day and a number, as 2026-05-01,42, got ${JSON.stringify(line.slice(0, 60))}`,
          `line ${i + 1}`,
        );
      return { day, value: Number(value) };
    });
}
