import { defineCommand } from "../../command/define.ts";
import { text } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { askOptions, gateAt } from "./asked.ts";

/** `standstill gate end`: tells a running gate that a job has ended. */
export const command = defineCommand({
  summary: "Tell a running gate that a job has ended, as an epilog does",
  arguments: { job: needed("<job>", "its name, as it was let in", text) },
  options: askOptions,
  examples: ["standstill gate end slurm:4711"],
  action: async ({ job, ...asked }, terminal) => {
    const answer = await gateAt(asked).end(job);
    terminal.answer(
      answer,
      answer.ended ? `${job} has ended.` : `${job} was not let in by this gate.`,
    );
    return "ok";
  },
});
