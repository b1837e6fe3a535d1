import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { INDICATOR_NAMES } from "@standstill/agreement";
import { auditSample, commitRows, saltedRow } from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { parse } from "yaml";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { readNamed, readUnpacked } from "../../files.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import type { FileOptions } from "./lab-measures.ts";

const LIBRARY = fileURLToPath(
  new URL("../../../../../agreements/thresholds/library.yaml", import.meta.url),
);
const librarySchema = z.strictObject({
  thresholds: z.array(
    z.strictObject({
      ...{ id: z.string(), of: z.string(), says: z.string() },
      read: z.enum(["sourced", "secondary", "recalled"]),
      tripwire: z.looseObject({ id: z.string(), indicator: z.enum(INDICATOR_NAMES) }).optional(),
      notCheckable: z.string().optional(),
    }),
  ),
});

/** `standstill indicators thresholds`: published thresholds, and what of them a program can check. */
export async function thresholdsCommand(
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const { thresholds } = librarySchema.parse(parse(await readFile(LIBRARY, "utf8")));
  const rows = thresholds.map(({ id, of, tripwire, notCheckable }) => [
    ...[id, tripwire === undefined ? "no" : notCheckable === undefined ? "yes" : "in part"],
    `${of}. ${notCheckable ?? ""}`.trim(),
  ]);
  terminal.out(
    options.json
      ? json({ thresholds })
      : [
          table(["threshold", "checkable", "source"], rows),
          "",
          "Tripwires to copy into an agreement: --json.",
        ].join("\n"),
  );
  return EXIT.ok;
}

/** `standstill indicators commit`: what commits to private rows without showing them; with `--open`, rows for an audit. */
export async function commitCommand(
  {
    file,
    seed,
    open,
    json: isJson,
  }: FileOptions & { readonly seed: string; readonly open: readonly number[] },
  terminal: Terminal,
): Promise<number> {
  const rows = textOf(await readUnpacked(file))
    .split(/\r?\n/)
    .filter((line) => line !== "");
  const secret = await readNamed(seed, "--seed");
  const commitment = commitRows(rows, secret);
  const opened = open.map((index) => {
    const row = rows[index];
    if (row === undefined)
      throw new UsageError(
        `expected rows from 0 to ${rows.length - 1}, got ${index}`,
        "Give numbers that indicators sample printed.",
      );
    return { index, salted: textOf(saltedRow(row, index, secret)) };
  });
  terminal.out(
    isJson
      ? json({ ...commitment, opened })
      : [
          `${commitment.rows} rows, root ${commitment.root}`,
          ...opened.map(({ index, salted }) => `${index}: ${salted}`),
        ].join("\n"),
  );
  return EXIT.ok;
}

/** `standstill indicators sample`: which rows an audit opens. */
export function sampleCommand(
  {
    rows,
    root,
    size,
    randomness,
    json: isJson,
  }: {
    readonly rows: number;
    readonly root: string;
    readonly size: number;
    readonly randomness: string;
    readonly json: boolean;
  },
  terminal: Terminal,
): number {
  if (!/^[0-9a-f]{64}$/.test(root))
    throw new UsageError(
      `expected a root of 64 hexadecimal digits, got ${root}`,
      "Give --root what indicators commit printed.",
    );
  const sample = auditSample({ rows, root }, size, randomness);
  terminal.out(isJson ? json({ rows, root, randomness, sample }) : sample.join("\n"));
  return EXIT.ok;
}
