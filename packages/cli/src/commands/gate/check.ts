import { decide, Ledger, parseRequest } from "@standstill/gate";
import { gateRulesOf } from "@standstill/views";
import { defineCommand } from "../../command/define.ts";
import { instant, recordPlace, text } from "../../command/format.ts";
import { needed, optional } from "../../command/input.ts";
import { UsageError } from "../../output.ts";
import { stateIn } from "../../record-place.ts";
import { jobOptions, questionOf } from "./job.ts";
import { decisionLines } from "./words.ts";

/** `standstill gate check`: whether one job may run by a record as it is, with nothing else running. */
export const command = defineCommand({
  summary: "Whether one job may run by a record as it is, with nothing else running",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    ...jobOptions,
    party: needed("<name>", "whose job it is", text),
    site: optional("<name>", "where it runs; an emergency opens the gate of one site", text),
    at: optional(
      "<instant>",
      "as of an instant, as 2026-06-04T12:00:00Z; now where absent",
      instant,
    ),
  },
  examples: [
    "standstill gate check .standstill --party aster --accelerators 512 --hours 72 --activity training",
    "standstill gate check .standstill --party aster --accelerators 8 --hours 2 --use safety-research --json",
  ],
  exits: { refused: "it may not run" },
  action: async ({ record, party, site = `${party}/gate`, at, ...job }, terminal) => {
    const state = await stateIn(record);
    const parties = state.agreement.terms?.parties.map(({ id }) => id) ?? [];
    if (!parties.includes(party))
      throw new UsageError(
        `expected a party of the record, got ${party}`,
        `Give --party with one of ${parties.join(", ")}.`,
      );
    const rules = gateRulesOf(state, party, site);
    const request = parseRequest(questionOf(job));
    const decision = decide(rules, new Ledger(), request, at ?? Date.now());
    terminal.answer(decision, () => decisionLines(decision));
    return decision.decision === "allow" ? "ok" : "refused";
  },
});
