import { ACTIVITIES, NO_TEXT, type TextColumn } from "@standstill/evidence/activity";
import { type ActivityContext, IDLE, TRAINING } from "../context.ts";
import { type ActivityFinding, Grouped, recordsThat } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

const base = {
  check: "permitted",
  obligation: "permitted",
  severity: "contradiction",
  numbers: {},
} as const;

/** Activities, teams, regions, models and data are those that were agreed. */
export const permitted: RecordCheck = {
  id: "permitted",
  obligation: "permitted",
  needs: [],
  about:
    "Activities, teams, regions, models, data sets and data sources that the terms do not name, and models in activities that they are not agreed for.",
  run(subject) {
    const { table, terms } = subject;
    const allowed = terms.permitted;
    const findings: ActivityFinding[] = [];
    if (allowed?.activities !== undefined) {
      const names: readonly string[] = allowed.activities;
      findings.push(
        ...others(
          subject,
          (i) =>
            names.includes(ACTIVITIES[table.activity[i] as number] as string)
              ? NO_TEXT
              : (table.activity[i] as number),
          (activity, count) =>
            `${recordsThat(count, "tell")} of ${ACTIVITIES[activity]}, which is not permitted.`,
        ),
      );
    }
    findings.push(
      ...named(subject, "team", allowed?.teams, "team"),
      ...named(subject, "region", allowed?.regions, "region"),
      ...named(
        subject,
        "datasetSha256",
        allowed?.datasets?.map(({ sha256 }) => sha256),
        "data set",
      ),
      ...sources(subject, allowed?.dataSources),
      ...models(subject),
    );
    const gaps = table.otherActivities.map(([name, records]) => ({
      code: "activity-unknown",
      obligation: "permitted",
      numbers: { records },
      sentence: `${recordsThat(records, "tell")} of the activity ${name}, for which there is no agreed name; they count as other.`,
    }));
    return { findings, gaps };
  },
};

/** Findings for records whose value, told by number, is not one that may be there; `NO_TEXT` for those that are right. */
function others(
  { table }: ActivityContext,
  wrong: (record: number) => number,
  sentence: (value: number, count: number) => string,
): ActivityFinding[] {
  const grouped = new Grouped<number>();
  for (let i = 0; i < table.count; i++) {
    const value = wrong(i);
    if (value !== NO_TEXT) grouped.add(value, i);
  }
  return grouped.findings(table, (value, count) => ({ ...base, sentence: sentence(value, count) }));
}

/** A text column against a list; where there is a list, work must name one of it. */
function named(
  subject: ActivityContext,
  column: TextColumn,
  list: readonly string[] | undefined,
  word: string,
): ActivityFinding[] {
  if (list === undefined) return [];
  const { table } = subject;
  const numbers = new Set(list.map((one) => table.texts.find(one)));
  const isNeeded = (i: number) =>
    column === "datasetSha256"
      ? table.activity[i] === TRAINING
      : column === "team" && table.activity[i] !== IDLE;
  const found = others(
    subject,
    (i) => {
      const value = table[column][i] as number;
      return value === NO_TEXT || numbers.has(value) ? NO_TEXT : value;
    },
    (value, count) =>
      `${recordsThat(count, "name")} the ${word} ${short(table.texts.get(value))}, which is not permitted.`,
  );
  const silent = new Grouped<string>();
  for (let i = 0; i < table.count; i++) {
    if (table[column][i] === NO_TEXT && isNeeded(i)) silent.add("", i);
  }
  return [
    ...found,
    ...silent.findings(table, (_key, count) => ({
      ...base,
      sentence: `${recordsThat(count, "name", "of work")} no ${word}, though the terms list which are permitted.`,
    })),
  ];
}

function sources(subject: ActivityContext, list: readonly string[] | undefined): ActivityFinding[] {
  if (list === undefined) return [];
  const { table } = subject;
  const numbers = new Set(list.map((one) => table.texts.find(one)));
  const wrong = table.lists.map((one) => one.find((source) => !numbers.has(source)) ?? NO_TEXT);
  return others(
    subject,
    (i) => wrong[table.dataSources[i] as number] as number,
    (value, count) =>
      `${recordsThat(count, "name")} the data source ${table.texts.get(value)}, which is not permitted.`,
  );
}

function models(subject: ActivityContext): ActivityFinding[] {
  const { table, terms } = subject;
  if (terms.models === undefined) return [];
  const undeclared = others(
    subject,
    (i) => {
      const model = table.model[i] as number;
      return model === NO_TEXT || subject.models.has(model) ? NO_TEXT : model;
    },
    (value, count) =>
      `${recordsThat(count, "name")} the model ${table.texts.get(value)}, which is not declared.`,
  );
  const [unnamed, elsewhere, precision] = [
    new Grouped<string>(),
    new Grouped<string>(),
    new Grouped<string>(),
  ];
  for (let i = 0; i < table.count; i++) {
    const activity = table.activity[i] as number;
    const isWork = activity !== IDLE && ACTIVITIES[activity] !== "other";
    if (table.model[i] === NO_TEXT) {
      if (isWork) unnamed.add("", i);
      continue;
    }
    const model = subject.models.get(table.model[i] as number);
    if (model === undefined) continue;
    const name = ACTIVITIES[activity] as string;
    if (model.activities !== undefined && !model.activities.includes(name))
      elsewhere.add(`${model.model}\n${name}`, i);
    const its = table.precision[i] as number;
    if (
      model.precision !== undefined &&
      its !== NO_TEXT &&
      table.texts.get(its) !== model.precision
    ) {
      precision.add(`${model.model}\n${table.texts.get(its)}\n${model.precision}`, i);
    }
  }
  return [
    ...undeclared,
    ...unnamed.findings(table, (_key, count) => ({
      ...base,
      sentence: `${recordsThat(count, "name", "of work")} no model, though the terms list the declared ones.`,
    })),
    ...elsewhere.findings(table, (key, count) => {
      const [model, activity] = key.split("\n");
      return {
        ...base,
        sentence: `${recordsThat(count, "tell")} of ${activity} of ${model}, which is declared for other activities only.`,
      };
    }),
    ...precision.findings(table, (key, count) => {
      const [model, its, declared] = key.split("\n");
      return {
        ...base,
        sentence: `${recordsThat(count, "work")} with ${model} in ${its}; it is declared in ${declared}.`,
      };
    }),
  ];
}

function short(text: string): string {
  return /^[0-9a-f]{40,}$/.test(text) ? `${text.slice(0, 12)}…` : text;
}
