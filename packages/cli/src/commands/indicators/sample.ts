import { auditSample } from "@standstill/indicators";
import { defineCommand } from "../../command/define.ts";
import { count, sha256, text } from "../../command/format.ts";
import { needed } from "../../command/input.ts";

/** `standstill indicators sample`: which rows an audit opens. */
export const command = defineCommand({
  summary: "Which rows an audit opens, by randomness that nobody chose",
  options: {
    rows: needed("<number>", "how many there are", count),
    root: needed("<hex>", "what was committed to, as indicators commit printed it", sha256),
    size: needed("<number>", "how many to open", count),
    randomness: needed(
      "<text>",
      "what a draw of the record or a beacon gave after the commitment",
      text,
    ),
  },
  examples: [
    "standstill indicators sample --rows 7000 --root ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34 --size 50 --randomness 4f1c",
  ],
  action: async ({ rows, root, size, randomness }, terminal) => {
    const sample = auditSample({ rows, root }, size, randomness);
    terminal.answer({ rows, root, randomness, sample }, () => sample.join("\n"));
    return "ok";
  },
});
