import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { INDICATOR_NAMES } from "@standstill/agreement";
import { parse } from "yaml";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import { table } from "../../output.ts";

/** Published thresholds, each with the tripwire that watches it. */
const LIBRARY = fileURLToPath(
  new URL("../../../../../agreements/thresholds/library.yaml", import.meta.url),
);
const librarySchema = z.strictObject({
  thresholds: z.array(
    z.strictObject({
      id: z.string(),
      of: z.string(),
      says: z.string(),
      read: z.enum(["sourced", "secondary", "recalled"]),
      tripwire: z.looseObject({ id: z.string(), indicator: z.enum(INDICATOR_NAMES) }).optional(),
      notCheckable: z.string().optional(),
    }),
  ),
});

/** `standstill indicators thresholds`: published thresholds, and what of them a program can check. */
export const command = defineCommand({
  summary: "Published thresholds, and what of them a program can check",
  examples: ["standstill indicators thresholds", "standstill indicators thresholds --json"],
  action: async (_given, terminal) => {
    const { thresholds } = librarySchema.parse(parse(await readFile(LIBRARY, "utf8")));
    const rows = thresholds.map(({ id, of, tripwire, notCheckable }) => [
      id,
      tripwire === undefined ? "no" : notCheckable === undefined ? "yes" : "in part",
      `${of}. ${notCheckable ?? ""}`.trim(),
    ]);
    terminal.answer({ thresholds }, () =>
      [
        table(["threshold", "checkable", "source"], rows),
        "",
        "Tripwires to copy into an agreement: --json.",
      ].join("\n"),
    );
    return "ok";
  },
});
