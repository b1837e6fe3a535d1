import { releaseGaps } from "@standstill/adjudication";
import { defineCommand } from "../../command/define.ts";
import { recordPlace, text } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { agreementIn } from "../../record-place.ts";

/** `standstill gate release`: what is missing before a model may be released. */
export const command = defineCommand({
  summary: "What is missing before a model may be released",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: { model: needed("<name>", "the model, as safeguards are accepted for it", text) },
  examples: ["standstill gate release .standstill --model aster-2"],
  exits: { refused: "it may not be released" },
  action: async ({ record, model }, terminal) => {
    const { safeguards, terms } = await agreementIn(record);
    const gaps = releaseGaps(safeguards, terms, model);
    const guards = terms.obligations.filter(({ kind }) => kind === "release-gate").length;
    terminal.answer({ model, gaps, guards }, () => describe(model, gaps, guards));
    return gaps.length === 0 ? "ok" : "refused";
  },
});

function describe(model: string, gaps: ReturnType<typeof releaseGaps>, guards: number): string {
  if (guards === 0) return "No clause of the agreement guards releases.";
  if (gaps.length === 0)
    return `${model} may be released: every safeguard that ${guards} clauses ask is accepted.`;
  return [
    `${model} may not be released.`,
    ...gaps.map(
      ({ clause, title, missing }) => `  ${clause}: ${title} Missing: ${missing.join(", ")}.`,
    ),
  ].join("\n");
}
