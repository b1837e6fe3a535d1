import { checkOpened, type OpenedRow, type RowCommitment } from "@standstill/indicators";
import { RecordError } from "@standstill/record";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { count, file, sha256 } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { contentAs } from "../../named-file.ts";

const openedSchema = z.looseObject({
  opened: z
    .array(
      z.strictObject({ index: z.int().min(0), salted: z.string(), proof: z.array(z.string()) }),
    )
    .min(1),
});

/** `standstill indicators check`: whether rows that a measurer opened are those that it committed to. */
export const command = defineCommand({
  summary: "Whether rows that a measurer opened are those that it committed to",
  options: {
    opened: needed("<file>", "what indicators commit --open printed with --json", file),
    rows: needed("<number>", "how many there are, as published", count),
    root: needed("<hex>", "what was committed to, as published", sha256),
  },
  examples: [
    "standstill indicators check --opened opened.json --rows 120 --root ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34ab12cd34",
  ],
  exits: { altered: "a row is not what was committed to" },
  action: async ({ opened: named, rows, root }, terminal) => {
    const { opened } = await contentAs(
      named,
      openedSchema,
      "opened rows",
      "Give what indicators commit --open printed with --json.",
    );
    const checked = opened.map((one) => checkedRow(one, { rows, root }));
    terminal.answer({ checked }, () =>
      checked.map(({ index, row }) => `${index}: ${row ?? "not what was committed to"}`).join("\n"),
    );
    return checked.every(({ isCommitted }) => isCommitted) ? "ok" : "altered";
  },
});

function checkedRow(opened: OpenedRow, commitment: RowCommitment) {
  const { index } = opened;
  try {
    return { index, row: checkOpened(opened, commitment), isCommitted: true };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { index, row: null, isCommitted: false };
  }
}
