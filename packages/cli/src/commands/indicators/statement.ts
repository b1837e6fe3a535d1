import { indicatorMeasure } from "@standstill/indicators";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { count, day, file, sha256, text } from "../../command/format.ts";
import { needed, several } from "../../command/input.ts";
import { checked, contentAs } from "../../named-file.ts";
import { json, UsageError } from "../../output.ts";

const answerSchema = z.looseObject({
  method: z.looseObject({ name: z.string(), version: z.int() }).optional(),
  indicators: z.array(z.looseObject({ indicator: z.string(), result: z.looseObject({}) })).min(1),
});

/** `standstill indicators statement`: what to sign and send, from what another of these commands printed. */
export const command = defineCommand({
  summary: "What to sign and send, from what another of these commands printed",
  options: {
    answer: needed("<file>", "what a command printed with --json", file),
    indicator: several("<name>", "only this one", text),
    subject: needed("<party>", "whose development was measured", text),
    from: needed("<day>", "first day of the period", day),
    to: needed("<day>", "last day of the period", day),
    root: needed("<hex>", "what indicators commit printed", sha256),
    rows: needed("<number>", "what indicators commit printed", count),
  },
  examples: [
    "standstill indicators statement --answer oversight.json --subject aster --from 2026-04-01 --to 2026-06-30 --root ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34 --rows 120",
  ],
  action: async ({ answer, indicator: wanted, subject, from, to, root, rows }, terminal) => {
    const { method, indicators } = await contentAs(
      answer,
      answerSchema,
      "an answer with indicators",
      "Give what a command of standstill indicators printed with --json.",
    );
    const chosen = indicators.filter(
      (one) => wanted.length === 0 || wanted.includes(one.indicator),
    );
    if (chosen.length === 0)
      throw new UsageError(
        `expected one of ${indicators.map((one) => one.indicator).join(", ")}, got ${wanted.join(", ")}`,
        "Leave --indicator out for all.",
      );
    const { name = "export-of-a-lab", version = 1, ...parameters } = method ?? {};
    const bodies = chosen.map(({ indicator, result }) =>
      checked(
        {
          indicator,
          evidenceClass: "measurer",
          subject,
          period: { from, to },
          method: { name, version },
          parameters: told(parameters),
          commitment: root,
          rows,
          result,
        },
        indicatorMeasure.body,
        "an indicator/measure",
        "Check --subject, --from, --to, --root and --rows; indicators commit prints the last two.",
      ),
    );
    // What is signed is JSON, whether or not it is asked for.
    terminal.out(json(bodies));
    return "ok";
  },
});

/** Parameters of a method whose names a statement takes, as short texts. */
function told(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([key]) => /^[a-zA-Z][a-zA-Z0-9-]{0,39}$/.test(key))
      .map(([key, value]) => [key, shortly(value)]),
  );
}

function shortly(value: unknown): string {
  return (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 200);
}
