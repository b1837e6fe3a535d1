import { explain } from "@standstill/agreement";
import { draftIn } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { file } from "../../command/format.ts";
import { needed } from "../../command/input.ts";

/** `standstill agreement explain`: an agreement in plain prose. */
export const command = defineCommand({
  summary: "Tell an agreement in plain prose, article by article",
  arguments: { file: needed("<file>", "the agreement, as YAML or JSON", file) },
  examples: [
    "standstill agreement explain agreements/example.yaml",
    "standstill agreement explain agreements/rules/sb-53.yaml --json",
  ],
  action: async ({ file }, terminal) => {
    const articles = explain(await draftIn(file));
    terminal.answer({ articles }, () =>
      articles
        .map(({ title, sentences }) =>
          [title, ...sentences.map((sentence) => `  ${sentence}`)].join("\n"),
        )
        .join("\n\n"),
    );
    return "ok";
  },
});
