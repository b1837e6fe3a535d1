import { lint } from "@standstill/agreement";
import { agreementTextOf, inFile } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { file } from "../../command/format.ts";
import { needed } from "../../command/input.ts";

/** `standstill agreement check`: flaws of well-formed terms, each with its line and what would mend it. */
export const command = defineCommand({
  summary: "Find flaws in well-formed terms, with their lines",
  arguments: { file: needed("<file>", "the agreement, as YAML or JSON", file) },
  examples: [
    "standstill agreement check agreements/example.yaml",
    "standstill agreement check agreements/rules/miri-report.yaml --json",
  ],
  exits: { findings: "the terms have flaws" },
  action: async ({ file }, terminal) => {
    const text = await agreementTextOf(file);
    const flaws = inFile(file.path, () => lint(text));
    const lines = flaws.map(
      ({ line, column, rule, sentence }) => `${file.path}:${line}:${column} ${rule}\n  ${sentence}`,
    );
    terminal.answer({ flaws }, flaws.length === 0 ? "No flaw found." : lines.join("\n"));
    return flaws.length === 0 ? "ok" : "findings";
  },
});
