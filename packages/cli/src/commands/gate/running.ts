import { text as textIn } from "node:stream/consumers";
import { defineCommand } from "../../command/define.ts";
import { text } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { table } from "../../output.ts";
import { askOptions, gateAt } from "./asked.ts";

/** `standstill gate running`: tells a running gate which jobs of a scheduler run, by their names on the input. */
export const command = defineCommand({
  summary: "Tell a running gate which jobs run, by their names on the input, a line each",
  arguments: {
    scheduler: needed("<scheduler>", "what stands before the colon of their names, as slurm", text),
  },
  options: askOptions,
  notes: [
    "Leases that are about to run out are renewed or refused, ends that nobody told of are made up for, and jobs\nthat this gate did not let in are named. Only jobs with accelerators belong on the list.",
  ],
  examples: ["squeue --noheader --format slurm:%A | standstill gate running slurm"],
  exits: { refused: "a job runs that this gate did not let in, or a lease is not renewed" },
  action: async ({ scheduler, ...asked }, terminal) => {
    const lines = (await textIn(process.stdin)).split("\n");
    const jobs = lines.map((line) => line.trim()).filter((line) => line !== "");
    const answer = await gateAt(asked).running(scheduler, jobs);
    const { ended, renewed, refused, unknown } = answer;
    const rows = [
      ...unknown.map((job) => [job, "It runs, and this gate did not let it in."]),
      ...refused.map(({ job, sentence }) => [job, `Its lease is not renewed: ${sentence}`]),
      ...ended.map((job) => [job, "It runs no more; its end is made up for."]),
      ...renewed.map((job) => [job, "Its lease is renewed."]),
    ];
    terminal.answer(answer, () =>
      rows.length === 0 ? "The gate and the scheduler agree." : table(["job", "what"], rows),
    );
    return unknown.length + refused.length === 0 ? "ok" : "refused";
  },
});
