import { ACTIVITIES, NO_TEXT, type TextColumn } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import type { FindingTold } from "../../finding.ts";
import { IDLE, type LogContext, TRAINING } from "../context.ts";
import { Grouped, logGap, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

const base = { severity: "contradiction" } as const;

/** Activities, teams, regions, models and data are those that were agreed. */
export const permitted = logCheck({
  id: "permitted",
  rule: "permitted",
  fields: [],
  run(subject) {
    const { table, terms } = subject;
    const allowed = terms.permitted;
    const findings: FindingTold[] = [];
    if (allowed?.activities !== undefined) {
      const names: readonly string[] = allowed.activities;
      findings.push(
        ...others(
          subject,
          (i) =>
            names.includes(there(ACTIVITIES[there(table.activity[i])]))
              ? NO_TEXT
              : there(table.activity[i]),
          (activity) => there(ACTIVITIES[activity]),
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
    const gaps = table.otherActivities.map(([name, records]) =>
      logGap(
        "activity-unknown",
        `${recordsThat(records, "tell")} of the activity ${name}, for which there is no agreed name; they count as other.`,
        { records },
      ),
    );
    return { findings, gaps };
  },
});

/** Findings for records whose value, told by number, is not one that may be there; `NO_TEXT` for those that are right. */
function others(
  log: LogContext,
  wrong: (record: number) => number,
  about: (value: number) => string,
  sentence: (value: number, count: number) => string,
): FindingTold[] {
  const { table } = log;
  const grouped = new Grouped<number>(log);
  for (let i = 0; i < table.count; i++) {
    const value = wrong(i);
    if (value !== NO_TEXT) grouped.add(value, i);
  }
  return grouped.findings((value, count) => ({
    ...base,
    about: about(value),
    sentence: sentence(value, count),
  }));
}

/** A text column against a list; where there is a list, work must name one of it. */
function named(
  subject: LogContext,
  column: TextColumn,
  list: readonly string[] | undefined,
  word: string,
): FindingTold[] {
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
      const value = there(table[column][i]);
      return value === NO_TEXT || numbers.has(value) ? NO_TEXT : value;
    },
    (value) => table.texts.get(value),
    (value, count) =>
      `${recordsThat(count, "name")} the ${word} ${short(table.texts.get(value))}, which is not permitted.`,
  );
  const silent = new Grouped<string>(subject);
  for (let i = 0; i < table.count; i++) {
    if (table[column][i] === NO_TEXT && isNeeded(i)) silent.add("", i);
  }
  return [
    ...found,
    ...silent.findings((_key, count) => ({
      ...base,
      about: word,
      sentence: `${recordsThat(count, "name", "of work")} no ${word}, though the terms list which are permitted.`,
    })),
  ];
}

function sources(subject: LogContext, list: readonly string[] | undefined): FindingTold[] {
  if (list === undefined) return [];
  const { table } = subject;
  const numbers = new Set(list.map((one) => table.texts.find(one)));
  const wrong = table.lists.map((one) => one.find((source) => !numbers.has(source)) ?? NO_TEXT);
  return others(
    subject,
    (i) => there(wrong[there(table.dataSources[i])]),
    (value) => table.texts.get(value),
    (value, count) =>
      `${recordsThat(count, "name")} the data source ${table.texts.get(value)}, which is not permitted.`,
  );
}

function models(subject: LogContext): FindingTold[] {
  const { table, terms } = subject;
  if (terms.models === undefined) return [];
  const undeclared = others(
    subject,
    (i) => {
      const model = there(table.model[i]);
      return model === NO_TEXT || subject.models.has(model) ? NO_TEXT : model;
    },
    (value) => table.texts.get(value),
    (value, count) =>
      `${recordsThat(count, "name")} the model ${table.texts.get(value)}, which is not declared.`,
  );
  const unnamed = new Grouped<string>(subject);
  const elsewhere = new Grouped<string>(subject);
  const precision = new Grouped<string>(subject);
  for (let i = 0; i < table.count; i++) {
    const activity = there(table.activity[i]);
    const isWork = activity !== IDLE && ACTIVITIES[activity] !== "other";
    if (table.model[i] === NO_TEXT) {
      if (isWork) unnamed.add("", i);
      continue;
    }
    const model = subject.models.get(there(table.model[i]));
    if (model === undefined) continue;
    const name = there(ACTIVITIES[activity]);
    if (model.activities !== undefined && !model.activities.includes(name))
      elsewhere.add(`${model.model}\n${name}`, i);
    const its = there(table.precision[i]);
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
    ...unnamed.findings((_key, count) => ({
      ...base,
      about: "model",
      sentence: `${recordsThat(count, "name", "of work")} no model, though the terms list the declared ones.`,
    })),
    ...elsewhere.findings((key, count) => {
      const [model = "", activity] = key.split("\n");
      return {
        ...base,
        about: model,
        sentence: `${recordsThat(count, "tell")} of ${activity} of ${model}, which is declared for other activities only.`,
      };
    }),
    ...precision.findings((key, count) => {
      const [model = "", its, declared] = key.split("\n");
      return {
        ...base,
        about: model,
        sentence: `${recordsThat(count, "work")} with ${model} in ${its}; it is declared in ${declared}.`,
      };
    }),
  ];
}

function short(text: string): string {
  return /^[0-9a-f]{40,}$/.test(text) ? `${text.slice(0, 12)}…` : text;
}
