import type { JobQuestion } from "@standstill/gate";
import type { ValuesOf } from "../../command/define.ts";
import { amount, count, oneOf, text, whole } from "../../command/format.ts";
import { needed, optional, usual } from "../../command/input.ts";

/** A job as it is given on the command line. */
export const jobOptions = {
  job: usual("<name>", "what the scheduler calls it", text, "job"),
  accelerators: needed("<number>", "accelerators of one task", count),
  tasks: usual("<number>", "tasks of an array that may run at once", count, "1"),
  accelerator: optional(
    "<kind>",
    "by its name in the agreement; the fastest one where absent",
    text,
  ),
  hours: optional("<number>", "time limit; without one it gets a lease", amount),
  seconds: optional("<number>", "time limit in seconds", whole(1, 10_000_000_000)),
  activity: usual(
    "<kind>",
    "what it does: training, inference or other",
    oneOf(["training", "inference", "other"]),
    "training",
  ),
  run: optional("<name>", "run on record that it is part of", text),
  use: optional("<name>", "use of the agreement that it is for", text),
};

/** A job on the command line as the question that a gate reads. */
export function questionOf(given: ValuesOf<typeof jobOptions>): JobQuestion {
  const { job, accelerators, tasks, accelerator, hours, seconds, activity, run, use } = given;
  return {
    job,
    accelerators,
    tasks,
    activity,
    seconds: seconds ?? (hours === undefined ? null : Math.ceil(hours * 3600)),
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(run === undefined ? {} : { run }),
    ...(use === undefined ? {} : { use }),
  };
}
