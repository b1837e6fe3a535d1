import {
  type Draft,
  type ExplainedCondition,
  type TreatyEntry,
  treatyEntryOf,
} from "@standstill/agreement";
import { parseAdherence } from "@standstill/evidence/formats";
import { draftIn, inFile } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { day, file } from "../../command/format.ts";
import { needed, optional } from "../../command/input.ts";
import { contentOf } from "../../named-file.ts";

/** `standstill agreement entry`: replays a treaty's history from a table of adherence. */
export const command = defineCommand({
  summary: "Replay a treaty's history from a table of adherence",
  arguments: { file: needed("<file>", "the treaty, as YAML", file) },
  options: {
    table: needed("<csv>", "who deposited what, and when", file),
    at: optional("<day>", "tell who is bound on this day, as 2016-11-04", day),
  },
  examples: [
    "standstill agreement entry agreements/treaties/paris.yaml --table data/treaties/paris.csv",
    "standstill agreement entry agreements/treaties/ctbt.yaml --table data/treaties/ctbt.csv --at 2023-11-03",
  ],
  action: async ({ file, table, at }, terminal) => {
    const terms = await draftIn(file);
    const content = await contentOf(table);
    const instruments = inFile(table.path, () => parseAdherence(content));
    const entry = treatyEntryOf(terms, instruments, at);
    terminal.answer({ name: terms.name, ...entry }, () => describe(terms, entry));
    return "ok";
  },
});

function describe(terms: Draft, entry: TreatyEntry): string {
  const { inForce, conditionMet, at, bound, joined, condition } = entry;
  return [
    inForce === null
      ? `${terms.name} has not entered into force.`
      : `${terms.name} entered into force on ${inForce}; its condition was met on ${conditionMet}.`,
    `On ${at} it binds ${bound.length} states; ${joined} have joined. The condition of entry is ${metWords(condition)}.`,
    `Rule: ${terms.entry?.title ?? "none"}`,
    `Source: ${terms.source ?? "none given"}`,
    ...(terms.unverified ?? []).map((doubt) => `Not verified: ${doubt}`),
  ].join("\n");
}

function metWords({ met, parts }: ExplainedCondition): string {
  if (met) return "met by them";
  const open = parts.filter((part) => !part.met).length;
  return parts.length === 0
    ? "not met by them"
    : `not met by them: ${open} of its ${parts.length} parts are open`;
}
