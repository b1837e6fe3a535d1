import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { INDICATOR_NAMES } from "@standstill/agreement";
import { auditSample, checkOpened, commitRows, openRows } from "@standstill/indicators";
import { RecordError, textOf } from "@standstill/record";
import { parse } from "yaml";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { readNamed, readUnpacked, schemaIn } from "../../files.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import type { FileOptions } from "./lab-measures.ts";

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
  const opened = open.length === 0 ? [] : openRows(rows, secret, open);
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

const openedSchema = z.looseObject({
  opened: z
    .array(
      z.strictObject({ index: z.int().min(0), salted: z.string(), proof: z.array(z.string()) }),
    )
    .min(1),
});

/** `standstill indicators check`: whether rows that a measurer opened are those that it committed to. */
export async function checkCommand(
  options: {
    readonly opened: string;
    readonly rows: number;
    readonly root: string;
    readonly json: boolean;
  },
  terminal: Terminal,
): Promise<number> {
  const { opened } = await schemaIn(
    ...([options.opened, "--opened", openedSchema, "opened rows"] as const),
    "Give what indicators commit --open printed with --json.",
  );
  const checked = opened.map((one) => {
    try {
      return { index: one.index, row: checkOpened(one, options), isCommitted: true };
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return { index: one.index, row: null, isCommitted: false };
    }
  });
  const wrong = checked.filter(({ isCommitted }) => !isCommitted);
  terminal.out(
    options.json
      ? json({ checked })
      : checked
          .map(({ index, row }) =>
            row === null ? `${index}: not what was committed to` : `${index}: ${row}`,
          )
          .join("\n"),
  );
  return wrong.length === 0 ? EXIT.ok : EXIT.altered;
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
