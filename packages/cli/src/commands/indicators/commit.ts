import { commitRows, openRows } from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { defineCommand } from "../../command/define.ts";
import { count, file } from "../../command/format.ts";
import { needed, several } from "../../command/input.ts";
import { bytesOf, unpackedBytesOf } from "../../named-file.ts";

/** `standstill indicators commit`: what commits to private rows without showing them; with `--open`, rows for an audit. */
export const command = defineCommand({
  summary: "Commit to private rows without showing them, and open those that an audit asks for",
  options: {
    file: needed("<file>", "the rows, one a line", file),
    seed: needed("<file>", "at least 16 secret bytes; keep them", file),
    open: several("<row>", "a row to open, counted from 0", count),
  },
  examples: [
    "head -c 32 /dev/urandom > seed && standstill indicators commit --file runs.jsonl --seed seed",
    "standstill indicators commit --file runs.jsonl --seed seed --open 17 --open 204 --json",
  ],
  action: async ({ file: named, seed, open }, terminal) => {
    const lines = textOf(await unpackedBytesOf(named)).split(/\r?\n/);
    const rows = lines.filter((line) => line !== "");
    const secret = await bytesOf(seed);
    const commitment = commitRows(rows, secret);
    const opened = open.length === 0 ? [] : openRows(rows, secret, open);
    terminal.answer({ ...commitment, opened }, () =>
      [
        `${commitment.rows} rows, root ${commitment.root}`,
        ...opened.map(({ index, salted }) => `${index}: ${salted}`),
      ].join("\n"),
    );
    return "ok";
  },
});
