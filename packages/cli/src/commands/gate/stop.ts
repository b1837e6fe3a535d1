import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { askOptions, gateAt } from "./asked.ts";

/** `standstill gate stop`: which running jobs have to stop under what binds now, the newest first. */
export const command = defineCommand({
  summary: "Which running jobs have to stop under what binds now, the newest first",
  options: askOptions,
  examples: ["standstill gate stop --json"],
  exits: { refused: "some have to stop" },
  action: async (asked, terminal) => {
    const { stop } = await gateAt(asked).stop();
    const rows = stop.map(({ job, isOver, decision }) => [
      job,
      isOver ? "Its time is out." : decision.sentence,
    ]);
    terminal.answer({ stop }, () =>
      rows.length === 0 ? "Nothing has to stop." : table(["job", "why"], rows),
    );
    return stop.length === 0 ? "ok" : "refused";
  },
});
