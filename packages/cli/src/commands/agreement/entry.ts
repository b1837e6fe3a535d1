import {
  circumstancesOf,
  type Draft,
  dayOf,
  type ExplainedCondition,
  explainCondition,
  playHistory,
  rulesOf,
} from "@standstill/agreement";
import { parseAdherence } from "@standstill/evidence/formats";
import { draftIn, inFile } from "../../agreement-file.ts";
import { defineCommand } from "../../command/define.ts";
import { day, file } from "../../command/format.ts";
import { needed, optional } from "../../command/input.ts";
import { contentOf } from "../../named-file.ts";

/** `standstill agreement entry`: replays a treaty's history from a table of adherence. */
export const command = defineCommand({
  summary: "Replay a treaty's history from a table of adherence",
  arguments: { file: needed("<file>", "the treaty, as YAML", file) },
  options: {
    table: needed("<csv>", "who deposited what, and when", file),
    at: optional("<day>", "tell who is bound on this day, as 2016-11-04", day),
  },
  examples: [
    "standstill agreement entry agreements/treaties/paris.yaml --table data/treaties/paris.csv",
    "standstill agreement entry agreements/treaties/ctbt.yaml --table data/treaties/ctbt.csv --at 2023-11-03",
  ],
  action: async ({ file, table, at }, terminal) => {
    const terms = await draftIn(file);
    const content = await contentOf(table);
    const instruments = inFile(table.path, () => parseAdherence(content));
    const entry = entryOf(terms, instruments, at);
    terminal.answer({ name: terms.name, ...entry }, () => describe(terms, entry));
    return "ok";
  },
});

/** Long after any deposit of any table. */
const END = "2100-01-01";

type Instruments = Parameters<typeof playHistory>[1];

/** How a treaty stands on a day: on the day of its entry into force, or of its last deposit, where none is given. */
function entryOf(terms: Draft, instruments: Instruments, day: string | undefined) {
  const whole = playHistory(terms, instruments, END);
  const told = (at: number | undefined) => (at === undefined ? null : dayOf(at));
  const inForce = whole.history.some(({ status }) => status === "in-force")
    ? told(whole.inForceAt)
    : null;
  const at = day ?? inForce ?? lastDay(instruments.map(({ deposited }) => deposited));
  const then = playHistory(terms, instruments, at);
  const rules = rulesOf(terms);
  const members = new Set(
    terms.parties.filter((one) => one.countedWithMembers === true).map(({ id }) => id),
  );
  const waiting = [...then.standings].filter(
    ([, { status }]) => status === "offered" || status === "called",
  );
  const joined = new Map([...then.bound, ...waiting.map(([party]) => [party, "cap"] as const)]);
  const circumstances = { ...circumstancesOf(rules, then), bound: joined };
  return {
    conditionMet: told(whole.metAt),
    inForce,
    at,
    bound: [...then.bound.keys()].filter((party) => !members.has(party)),
    joined: joined.size,
    condition: explainCondition(rules.entry.condition, circumstances),
  };
}

function describe(terms: Draft, entry: ReturnType<typeof entryOf>): string {
  const { inForce, conditionMet, at, bound, joined, condition } = entry;
  return [
    inForce === null
      ? `${terms.name} has not entered into force.`
      : `${terms.name} entered into force on ${inForce}; its condition was met on ${conditionMet}.`,
    `On ${at} it binds ${bound.length} states; ${joined} have joined. The condition of entry is ${metWords(condition)}.`,
    `Rule: ${terms.entry?.title ?? "none"}`,
    `Source: ${terms.source ?? "none given"}`,
    ...(terms.unverified ?? []).map((doubt) => `Not verified: ${doubt}`),
  ].join("\n");
}

function metWords({ met, parts }: ExplainedCondition): string {
  if (met) return "met by them";
  const open = parts.filter((part) => !part.met).length;
  return parts.length === 0
    ? "not met by them"
    : `not met by them: ${open} of its ${parts.length} parts are open`;
}

function lastDay(days: readonly (string | undefined)[]): string {
  return (
    days
      .filter((day) => day !== undefined)
      .sort()
      .at(-1) ?? "1970-01-01"
  );
}
