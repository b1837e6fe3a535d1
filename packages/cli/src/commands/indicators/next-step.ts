import { nextStepFindings, nextStepWins, parseNextSteps } from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";
import { shareRow } from "./words.ts";

/** `standstill indicators next-step`: at how many moments a model's next step was better than a human's. */
export const command = defineCommand({
  summary: "At how many moments a model's next step was better than a human's",
  options: labFile("comparisons with set (hard or control) and modelBetter, an object a line"),
  examples: ["standstill indicators next-step --file next-steps.jsonl"],
  action: async (given, terminal) => {
    const found = await measured(given, (text) => nextStepWins(parseNextSteps(text)));
    terminal.answer({ ...found, indicators: nextStepFindings(found) }, () =>
      table(
        ["moments", "model better", "95 % interval", "of"],
        [
          shareRow("where the human took a detour", found.hard, "moments"),
          shareRow("where the human's move was strong", found.control, "moments"),
        ],
      ),
    );
    return "ok";
  },
});
