import { defineCommand } from "../../command/define.ts";
import { askOptions, gateAt } from "./asked.ts";
import { jobOptions, questionOf } from "./job.ts";
import { decisionLines } from "./words.ts";

/** `standstill gate start`: lets a job in at a running gate, or tells why not; also when its lease runs out. */
export const command = defineCommand({
  summary: "Let a job in at a running gate, as a prolog does",
  options: { ...askOptions, ...jobOptions },
  examples: [
    "standstill gate start --job slurm:4711 --accelerators 8 --seconds 3600 --run aster/big",
  ],
  exits: { refused: "it may not run" },
  action: async ({ socket, timeout, ...job }, terminal) => {
    const decision = await gateAt({ socket, timeout }).start(questionOf(job));
    terminal.answer(decision, () => decisionLines(decision));
    return decision.decision === "allow" ? "ok" : "refused";
  },
});
