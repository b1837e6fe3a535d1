import {
  type LikeForLike,
  likeForLike,
  parseSpeedups,
  speedupFindings,
} from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";
import { labFile, measured } from "./lab-file.ts";

/** `standstill indicators speedup`: how much faster models make the same code. */
export const command = defineCommand({
  summary: "How much faster models make the same code, like for like",
  options: labFile(
    "tries with startSha256, checksSha256, model, startSeconds, seconds and checksPassed, an object a line",
  ),
  examples: ["standstill indicators speedup --file speedups.jsonl"],
  action: async (given, terminal) => {
    const tests = await measured(given, (text) => likeForLike(parseSpeedups(text)));
    const indicators = speedupFindings(tests);
    terminal.answer({ tests, indicators }, () => describe(tests));
    return "ok";
  },
});

function describe(tests: readonly LikeForLike[]): string {
  return tests
    .flatMap(({ startSha256, models }) => [
      `From the code ${startSha256.slice(0, 12)}:`,
      table(
        ["model", "tries", "checks failed", "times as fast", "best"],
        models.map((one) => [
          one.model,
          String(one.tries),
          String(one.failed),
          one.speedup.toPrecision(3),
          one.best.toPrecision(3),
        ]),
      ),
      "",
    ])
    .join("\n");
}
