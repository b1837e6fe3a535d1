import {
  closureFindings,
  type LoopClosure,
  loopClosure,
  parseStageItems,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";
import { percent, shareRow } from "./words.ts";

/** `standstill indicators closure`: how far the loop of research runs without humans. */
export const command = defineCommand({
  summary: "How far the loop of research runs without humans, stage by stage",
  options: labFile("items of work with stage and humanActs, an object a line"),
  examples: ["standstill indicators closure --file stages.jsonl"],
  action: async (given, terminal) => {
    const found = await measured(given, (text) => loopClosure(parseStageItems(text)));
    terminal.answer({ ...found, indicators: closureFindings(found) }, () => describe(found));
    return "ok";
  },
});

function describe({ closure, missing, weakest, stages }: LoopClosure): string {
  return [
    closure === null
      ? `Whether the loop is closed cannot be said: nothing is told of ${missing.join(", ")}.`
      : `${percent(closure.value)} of the work would run through all seven stages without a human (${percent(closure.low)} to ${percent(closure.high)}); the most human stage is ${weakest}.`,
    "",
    table(
      ["stage", "without a human", "95 % interval", "of"],
      stages.map((one) => shareRow(one.stage, one, "items")),
    ),
  ].join("\n");
}
