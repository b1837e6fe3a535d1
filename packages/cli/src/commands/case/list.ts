import { roundOf } from "@standstill/views";
import { defineCommand } from "../../command/define.ts";
import { recordPlace } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { table } from "../../output.ts";
import { stateIn } from "../../record-place.ts";

/** `standstill case list`: the cases of a record, and where each stands. */
export const command = defineCommand({
  summary: "The cases of a record, and where each stands",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  examples: ["standstill case list .standstill", "standstill case list .standstill --json"],
  action: async ({ record }, terminal) => {
    const { cases, reliability } = roundOf(await stateIn(record));
    terminal.answer({ cases, reliability }, () => describe(cases, reliability));
    return "ok";
  },
});

type Round = ReturnType<typeof roundOf>;

function describe(cases: Round["cases"], reliability: Round["reliability"]): string {
  if (cases.length === 0) return "No case is on record.";
  const rows = cases.flatMap((one) =>
    one.steps.map((step, i) => [
      ...(i === 0 ? [one.name, one.party, one.outcome] : ["", "", ""]),
      step.id,
      step.by,
      step.standing,
      step.dueAt === null ? "" : new Date(step.dueAt).toISOString(),
    ]),
  );
  const opened = reliability.map(({ issuer, opened: all, open, found, unfounded }) =>
    [issuer, all, open, found, unfounded].map(String),
  );
  return [
    table(["case", "about", "outcome", "step", "by", "standing", "due"], rows),
    "",
    table(["opened by", "cases", "open", "found", "unfounded"], opened),
  ].join("\n");
}
