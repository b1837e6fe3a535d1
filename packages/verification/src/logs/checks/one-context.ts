import { NO_TEXT } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import { EVALUATION, type LogContext, TRAINING, timeText } from "../context.ts";
import { Grouped } from "../records.ts";
import { logCheck } from "./check.ts";

/** What may change only where it is declared, if the terms do not say. Batches may grow in a run. */
const USUAL = [
  "model",
  "codeCommit",
  "configSha256",
  "datasetSha256",
  "team",
  "precision",
] as const;
const WORDS = {
  model: "model",
  codeCommit: "code",
  configSha256: "configuration",
  datasetSha256: "data set",
  dataSources: "data sources",
  team: "team",
  precision: "precision",
  batchSize: "batch size",
  sequenceLength: "sequence length",
} as const;

/** Trying models and data one after the other is what evaluation does. */
const NOT_OF_EVALUATION: readonly string[] = [
  "model",
  "datasetSha256",
  "dataSources",
  "precision",
  "batchSize",
  "sequenceLength",
];

/**
 * A workload keeps its model, code, data, configuration and team, unless a note or the terms declare a change. A run of training does so on all its devices
 * together; other work does on each device, since one service may have several models.
 */
export const oneContext = logCheck({
  id: "one-context",
  rule: "one-context",
  fields: [],
  run(subject) {
    const { table, terms } = subject;
    const fields = terms.changes?.mustBeDeclared ?? USUAL;
    const changes = new Grouped<string>(subject);
    const details = new Map<string, string>();
    for (const records of byWorkload(subject)) {
      const held = new Map<string, number>();
      let noteUntil = Number.NEGATIVE_INFINITY;
      for (const record of records) {
        // All devices of a run change in one window, and one of them may carry the note.
        if (table.note[record] === 1) noteUntil = Math.max(noteUntil, there(table.endMs[record]));
        const isEvaluation = table.activity[record] === EVALUATION;
        for (const field of fields) {
          if (isEvaluation && NOT_OF_EVALUATION.includes(field)) continue;
          const value = there(table[field][record]);
          if (value === NO_TEXT || (field === "dataSources" && value === 0)) continue;
          const before = held.get(field);
          held.set(field, value);
          if (before === undefined || before === value) continue;
          const isNoted =
            there(table.startMs[record]) < noteUntil || isNotedAt(records, table, record);
          if (isNoted || isDeclared(subject, record)) continue;
          const key = `${table.workload[record]} ${field}`;
          changes.add(key, record);
          if (!details.has(key)) details.set(key, timeText(there(table.startMs[record])));
        }
      }
    }
    return {
      findings: changes.findings((key, count) => {
        const [workload, field] = key.split(" ") as [string, keyof typeof WORDS];
        return {
          severity: "contradiction",
          about: table.texts.get(Number(workload)),
          sentence: `The ${WORDS[field]} of ${table.texts.get(Number(workload))} changes ${count} times without a declaration, first at ${details.get(key)}.`,
        };
      }),
      gaps: [],
    };
  },
});

/** Records of each workload and activity, and of each device where it is no training, by time. */
function byWorkload({ table, repeated }: LogContext): number[][] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < table.count; i++) {
    if (repeated[i] === 1) continue;
    const isRun = table.activity[i] === TRAINING;
    const device = isRun ? 0 : there(table.device[i]) + 1;
    const key = (there(table.workload[i]) * 8 + there(table.activity[i])) * 4_194_304 + device;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  }
  const at = (record: number) => there(table.startMs[record]);
  for (const group of groups.values()) {
    // A log that is kept by time is in order already.
    const isSorted = group.every((record, k) => k === 0 || at(there(group[k - 1])) <= at(record));
    if (!isSorted) group.sort((a, b) => at(a) - at(b) || a - b);
  }
  return [...groups.values()];
}

/** Whether a record that starts at the same time carries a note: which device's record comes first is chance. */
function isNotedAt(
  records: readonly number[],
  table: LogContext["table"],
  record: number,
): boolean {
  const start = there(table.startMs[record]);
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (there(table.startMs[there(records[middle])]) < start) low = middle + 1;
    else high = middle;
  }
  for (let k = low; k < records.length; k++) {
    const other = there(records[k]);
    if (table.startMs[other] !== start) return false;
    if (table.note[other] === 1) return true;
  }
  return false;
}

function isDeclared({ table, terms }: LogContext, record: number): boolean {
  const at = there(table.startMs[record]);
  const workload = table.texts.get(there(table.workload[record]));
  const device = table.texts.get(there(table.device[record]));
  return (terms.changes?.declared ?? []).some(
    (change) =>
      (change.workload === undefined || change.workload === workload) &&
      (change.devices === undefined || change.devices.includes(device)) &&
      at >= Date.parse(change.from) &&
      at <= Date.parse(change.until),
  );
}
