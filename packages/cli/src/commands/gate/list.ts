import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { askOptions, gateAt } from "./asked.ts";

/** `standstill gate list`: the jobs that a running gate let in. */
export const command = defineCommand({
  summary: "The jobs that a running gate let in",
  options: askOptions,
  examples: ["standstill gate list"],
  action: async (asked, terminal) => {
    const answer = await gateAt(asked).list();
    const rows = answer.jobs.map(({ job, accelerators, activity, run, until }) => [
      job,
      String(accelerators),
      activity,
      run ?? "",
      new Date(until).toISOString(),
    ]);
    terminal.answer(answer, () =>
      rows.length === 0
        ? "No job is let in."
        : table(["job", "accelerators", "activity", "run", "until"], rows),
    );
    return "ok";
  },
});
