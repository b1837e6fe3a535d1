import { readFile } from "node:fs/promises";
import {
  circumstancesOf,
  dayOf,
  type ExplainedCondition,
  explainCondition,
  parseDraft,
  playHistory,
  rulesOf,
} from "@standstill/agreement";
import { parseAdherence } from "@standstill/agreement/adherence";
import { EXIT } from "../../exit-codes.ts";
import { inFile, json, type Terminal, UsageError } from "../../output.ts";
import { readAgreement } from "../../read-agreement.ts";

/** Options of `standstill agreement entry`. */
export interface EntryOptions {
  readonly table: string;
  readonly at?: string;
  readonly json: boolean;
}

/** Long after any deposit of any table. */
const END = "2100-01-01";

/** `standstill agreement entry`: replays a treaty's history from a table of adherence. */
export async function entryCommand(
  file: string,
  options: EntryOptions,
  terminal: Terminal,
): Promise<number> {
  const text = await readAgreement(file);
  const terms = inFile(file, () => parseDraft(text));
  const table = await tableText(options.table);
  const instruments = inFile(options.table, () => parseAdherence(table));
  const whole = playHistory(terms, instruments, END);
  const told = (instant: number | undefined) =>
    instant === undefined ? undefined : dayOf(instant);
  const inForce = whole.history.some(({ status }) => status === "in-force")
    ? told(whole.inForceAt)
    : undefined;
  const at = options.at ?? inForce ?? lastDay(instruments.map(({ deposited }) => deposited));
  const then = playHistory(terms, instruments, at);
  const rules = rulesOf(terms);
  const members = new Set(
    terms.parties.filter((one) => one.countedWithMembers === true).map(({ id }) => id),
  );
  const bound = [...then.bound.keys()].filter((party) => !members.has(party));
  const waiting = [...then.standings].filter(
    ([, { status }]) => status === "offered" || status === "called",
  );
  const joined = new Map([...then.bound, ...waiting.map(([party]) => [party, "cap"] as const)]);
  const progress = explainCondition(rules.entry.condition, {
    ...circumstancesOf(rules, then),
    bound: joined,
  });
  if (options.json) {
    terminal.out(
      json({
        name: terms.name,
        conditionMet: told(whole.metAt) ?? null,
        inForce: inForce ?? null,
        at,
        bound,
        joined: joined.size,
        condition: progress,
      }),
    );
    return EXIT.ok;
  }
  terminal.out(
    [
      inForce === undefined
        ? `${terms.name} has not entered into force.`
        : `${terms.name} entered into force on ${inForce}; its condition was met on ${told(whole.metAt)}.`,
      `On ${at} it binds ${bound.length} states; ${joined.size} have joined. The condition of entry is ${metWords(progress)}.`,
      `Rule: ${terms.entry?.title ?? "none"}`,
      `Source: ${terms.source ?? "none given"}`,
      ...(terms.unverified ?? []).map((doubt) => `Not verified: ${doubt}`),
    ].join("\n"),
  );
  return EXIT.ok;
}

function metWords({ met, parts }: ExplainedCondition): string {
  if (met) return "met by them";
  const open = parts.filter((part) => !part.met).length;
  return parts.length === 0
    ? "not met by them"
    : `not met by them: ${open} of its ${parts.length} parts are open`;
}

async function tableText(path: string): Promise<string> {
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
