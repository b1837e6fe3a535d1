import { NO_TEXT } from "@standstill/evidence/activity";
import { type ActivityContext, EVALUATION, TRAINING, timeText } from "../context.ts";
import { Grouped } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

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
export const oneContext: RecordCheck = {
  id: "one-context",
  obligation: "one-context",
  needs: [],
  about:
    "Changes of model, code, data, configuration, team or precision within a workload and activity that neither a note in the log nor the terms declare.",
  run(subject) {
    const { table, terms } = subject;
    const fields = terms.changes?.mustBeDeclared ?? USUAL;
    const changes = new Grouped<string>();
    const details = new Map<string, string>();
    for (const records of byWorkload(subject)) {
      const held = new Map<string, number>();
      let noteUntil = Number.NEGATIVE_INFINITY;
      for (const record of records) {
        // All devices of a run change in one window, and one of them may carry the note.
        if (table.note[record] === 1)
          noteUntil = Math.max(noteUntil, table.endMs[record] as number);
        const isEvaluation = table.activity[record] === EVALUATION;
        for (const field of fields) {
          if (isEvaluation && NOT_OF_EVALUATION.includes(field)) continue;
          const value = table[field][record] as number;
          if (value === NO_TEXT || (field === "dataSources" && value === 0)) continue;
          const before = held.get(field);
          held.set(field, value);
          if (before === undefined || before === value) continue;
          const isNoted =
            (table.startMs[record] as number) < noteUntil || isNotedAt(records, table, record);
          if (isNoted || isDeclared(subject, record)) continue;
          const key = `${table.workload[record]} ${field}`;
          changes.add(key, record);
          if (!details.has(key)) details.set(key, timeText(table.startMs[record] as number));
        }
      }
    }
    return {
      findings: changes.findings(table, (key, count) => {
        const [workload, field] = key.split(" ") as [string, keyof typeof WORDS];
        return {
          check: "one-context",
          obligation: "one-context",
          severity: "contradiction",
          numbers: {},
          sentence: `The ${WORDS[field]} of ${table.texts.get(Number(workload))} changes ${count} times without a declaration, first at ${details.get(key)}.`,
        };
      }),
      gaps: [],
    };
  },
};

/** Records of each workload and activity, and of each device where it is no training, by time. */
function byWorkload({ table, repeated }: ActivityContext): number[][] {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < table.count; i++) {
    if (repeated[i] === 1) continue;
    const isRun = table.activity[i] === TRAINING;
    const device = isRun ? 0 : (table.device[i] as number) + 1;
    const key =
      ((table.workload[i] as number) * 8 + (table.activity[i] as number)) * 4_194_304 + device;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  }
  const at = (record: number) => table.startMs[record] as number;
  for (const group of groups.values()) {
    // A log that is kept by time is in order already.
    const isSorted = group.every(
      (record, k) => k === 0 || at(group[k - 1] as number) <= at(record),
    );
    if (!isSorted) group.sort((a, b) => at(a) - at(b) || a - b);
  }
  return [...groups.values()];
}

/** Whether a record that starts at the same time carries a note: which device's record comes first is chance. */
function isNotedAt(
  records: readonly number[],
  table: ActivityContext["table"],
  record: number,
): boolean {
  const start = table.startMs[record] as number;
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((table.startMs[records[middle] as number] as number) < start) low = middle + 1;
    else high = middle;
  }
  for (let k = low; k < records.length; k++) {
    const other = records[k] as number;
    if (table.startMs[other] !== start) return false;
    if (table.note[other] === 1) return true;
  }
  return false;
}

function isDeclared({ table, terms }: ActivityContext, record: number): boolean {
  const at = table.startMs[record] as number;
  const workload = table.texts.get(table.workload[record] as number);
  const device = table.texts.get(table.device[record] as number);
  return (terms.changes?.declared ?? []).some(
    (change) =>
      (change.workload === undefined || change.workload === workload) &&
      (change.devices === undefined || change.devices.includes(device)) &&
      at >= Date.parse(change.from) &&
      at <= Date.parse(change.until),
  );
}
