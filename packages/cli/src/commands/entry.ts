import { readFile } from "node:fs/promises";
import {
  AgreementError,
  boundOn,
  type EntryRule,
  entryOf,
  entryRuleSchema,
  progressOn,
} from "@standstill/agreement";
import { parseAdherence } from "@standstill/agreement/adherence";
import { describeIssues } from "@standstill/record";
import { parse } from "yaml";
import { EXIT } from "../exit-codes.ts";
import { inFile, json, type Terminal, UsageError } from "../output.ts";

/** Options of `standstill agreement entry`. */
export interface EntryOptions {
  readonly table: string;
  readonly at?: string;
  readonly json: boolean;
}

/** `standstill agreement entry`: replays a treaty's entry into force from a table of adherence. */
export async function entryCommand(
  file: string,
  options: EntryOptions,
  terminal: Terminal,
): Promise<number> {
  const rule = parseRule(await text(file), file);
  const table = await text(options.table);
  const instruments = inFile(options.table, () => parseAdherence(table));
  const entry = entryOf(rule, instruments);
  const at = options.at ?? entry.inForce ?? lastDay(instruments.map(({ deposited }) => deposited));
  const bound = boundOn(rule, entry, at).filter(({ counts }) => counts);
  const progress = progressOn(rule, instruments, at);
  if (options.json) {
    terminal.out(
      json({
        name: rule.name,
        conditionMet: entry.conditionMet ?? null,
        inForce: entry.inForce ?? null,
        at,
        bound: bound.map(({ state }) => state),
        progress,
      }),
    );
    return EXIT.ok;
  }
  const weight = `${progress.weight / 100n}.${String(progress.weight % 100n).padStart(2, "0")} %`;
  terminal.out(
    [
      entry.inForce === undefined
        ? `${rule.name} has not entered into force.`
        : `${rule.name} entered into force on ${entry.inForce}; its condition was met on ${entry.conditionMet}.`,
      `On ${at} it binds ${bound.length} states. ${progress.count} instruments count${progress.weight > 0n ? `, with a weight of ${weight}` : ""}${progress.allNamed > 0 ? `; ${progress.named} of ${progress.allNamed} named states are among them` : ""}.`,
      `Rule: ${rule.source}`,
      ...rule.unverified.map((doubt) => `Not verified: ${doubt}`),
    ].join("\n"),
  );
  return EXIT.ok;
}

function parseRule(yaml: string, place: string): EntryRule {
  let value: unknown;
  try {
    value = parse(yaml, { maxAliasCount: 0, schema: "core" });
  } catch (error) {
    throw new AgreementError(
      "malformed-terms",
      `expected YAML, got: ${(error as Error).message.split("\n")[0]}`,
      place,
    );
  }
  const result = entryRuleSchema.safeParse(value);
  if (!result.success)
    throw new AgreementError("malformed-terms", describeIssues(result.error), place);
  return result.data;
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    throw new UsageError(
      `expected a file, got ${path}, which cannot be read`,
      "Give the path of a file that is there.",
    );
  }
}

function lastDay(days: readonly (string | undefined)[]): string {
  return (
    days
      .filter((day) => day !== undefined)
      .sort()
      .at(-1) ?? "1970-01-01"
  );
}
