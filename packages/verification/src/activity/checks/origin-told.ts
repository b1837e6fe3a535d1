import { NO_TEXT } from "@standstill/evidence/activity";
import { type ActivityContext, EVALUATION, INFERENCE, TRAINING } from "../context.ts";
import {
  type ActivityFinding,
  type ActivityGap,
  Grouped,
  placeOf,
  recordsThat,
} from "../finding.ts";
import type { ActivityCheck, RecordCheck } from "./check.ts";

const base = { obligation: "origin-told", severity: "contradiction", numbers: {} } as const;

/** Parents exist, come first, and nothing is its own ancestor. */
export const provenance: ActivityCheck = {
  id: "provenance",
  obligation: "origin-told",
  needs: ["parents"],
  about:
    "Parents that are no workload of the logs, no known weights and no declared model; parents that begin after their children; circles.",
  run(subject) {
    const { table, lineage } = subject;
    const phantom = new Grouped<number>();
    for (let i = 0; i < table.count; i++) {
      for (const parent of table.lists[table.parents[i] as number] ?? []) {
        if (lineage.unknown.has(parent)) phantom.add(parent, i);
      }
    }
    const name = (workload: number) => table.texts.get(workload);
    const finding = (record: number, sentence: string): ActivityFinding => ({
      ...base,
      check: "provenance",
      sentence,
      records: [placeOf(table, record)],
    });
    return {
      findings: [
        ...phantom.findings(table, (parent, count) => ({
          ...base,
          check: "provenance",
          sentence: `${recordsThat(count, "name")} the parent ${name(parent)}, which is no workload of these logs, no known weights and no declared model.`,
        })),
        ...lineage.late
          .slice(0, 100)
          .map(({ child, parent, record }) =>
            finding(
              record,
              `${name(child)} names ${name(parent)} as its parent, which begins only after it.`,
            ),
          ),
        ...lineage.circles
          .slice(0, 100)
          .map(({ workloads, record }) =>
            finding(
              record,
              `${workloads.slice(0, 5).map(name).join(", ")} ${workloads.length === 1 ? "is its own ancestor" : "are their own ancestors"}.`,
            ),
          ),
      ],
      gaps: [],
    };
  },
};

/** Weights are one model's, come from somewhere, and stay as they are while they are served. */
export const weightsKnown: RecordCheck = {
  id: "weights-known",
  obligation: "origin-told",
  needs: ["modelSha256"],
  about:
    "Weights that are served or tried and that no training made and no terms know; weights under another model's name; weights that change while they are served.",
  run(subject) {
    const { table, terms, knownWeights, models } = subject;
    const made = new Map<number, number>();
    const names = new Map<number, number>();
    const [foreign, twice, strange] = [1, 2, 3].map(() => new Grouped<number>());
    for (let i = 0; i < table.count; i++) {
      const weights = table.modelSha256[i] as number;
      if (weights === NO_TEXT) continue;
      if (table.activity[i] === TRAINING) {
        const at = table.startMs[i] as number;
        made.set(weights, Math.min(at, made.get(weights) ?? at));
        // Training may begin with another model's weights.
        continue;
      }
      const model = table.model[i] as number;
      if (model === NO_TEXT) continue;
      const known = knownWeights.get(weights);
      if (known !== undefined && known.model !== table.texts.get(model)) foreign?.add(weights, i);
      const before = names.get(weights);
      if (before !== undefined && before !== model && known === undefined) twice?.add(weights, i);
      names.set(weights, before ?? model);
    }
    const declared = new Set(
      (terms.models ?? []).filter(({ weights }) => weights !== undefined).map(({ model }) => model),
    );
    let [unclear, untold] = [0, 0];
    for (let i = 0; i < table.count; i++) {
      const activity = table.activity[i] as number;
      const weights = table.modelSha256[i] as number;
      if (activity !== INFERENCE && activity !== EVALUATION) continue;
      if (weights === NO_TEXT) {
        const its = models.get(table.model[i] as number);
        if (its !== undefined && declared.has(its.model)) untold++;
        continue;
      }
      if (knownWeights.has(weights)) continue;
      if ((made.get(weights) ?? Number.POSITIVE_INFINITY) < (table.endMs[i] as number)) continue;
      const model = models.get(table.model[i] as number);
      if (model !== undefined && declared.has(model.model)) strange?.add(weights, i);
      else unclear++;
    }
    const hash = (weights: number) => `${table.texts.get(weights).slice(0, 12)}…`;
    const check = { ...base, check: "weights-known" } as const;
    const gap = (code: string, records: number, sentence: string): ActivityGap[] =>
      records === 0 ? [] : [{ code, obligation: base.obligation, numbers: { records }, sentence }];
    return {
      findings: [
        ...(foreign as Grouped<number>).findings(table, (weights, count, first) => ({
          ...check,
          sentence: `${recordsThat(count, "name")} the weights ${hash(weights)} as ${table.texts.get(table.model[first] as number)}; they are those of ${knownWeights.get(weights)?.model}.`,
        })),
        ...(twice as Grouped<number>).findings(table, (weights, count, first) => ({
          ...check,
          severity: "suspicion" as const,
          sentence: `${recordsThat(count, "name")} the weights ${hash(weights)} as ${table.texts.get(table.model[first] as number)}, and others as ${table.texts.get(names.get(weights) as number)}.`,
        })),
        ...(strange as Grouped<number>).findings(table, (weights, count) => ({
          ...check,
          sentence: `${recordsThat(count, "work")} with the weights ${hash(weights)}, which are not among the declared ones of their model and which no training in these logs made.`,
        })),
        ...changedWhileServed(subject),
      ],
      gaps: [
        ...gap(
          "weights-of-unknown-origin",
          unclear,
          `${recordsThat(unclear, "work")} with weights that no training in these logs made and no terms know: where they come from is not told.`,
        ),
        ...gap(
          "weights-not-told",
          untold,
          `${recordsThat(untold, "name")} a model whose weights the terms know, and no weights.`,
        ),
      ],
    };
  },
};

function changedWhileServed(subject: ActivityContext): ActivityFinding[] {
  const { table, order } = subject;
  // By workload and model: one workload may serve several models.
  const held = new Map<number, { weights: number; noted: number }>();
  const changed = new Grouped<number>();
  const inTime = order.filter(
    (i) => table.activity[i] === INFERENCE && table.modelSha256[i] !== NO_TEXT,
  );
  inTime.sort((a, b) => (table.startMs[a] as number) - (table.startMs[b] as number) || a - b);
  for (const i of inTime) {
    const key = (table.workload[i] as number) * 4_194_304 + (table.model[i] as number);
    const now = table.modelSha256[i] as number;
    const before = held.get(key);
    const noted =
      table.note[i] === 1
        ? (table.endMs[i] as number)
        : (before?.noted ?? Number.NEGATIVE_INFINITY);
    const isNew = before !== undefined && before.weights !== now;
    if (isNew && (table.startMs[i] as number) >= noted && table.note[i] === 0) {
      changed.add(table.workload[i] as number, i);
    }
    if (before === undefined) held.set(key, { weights: now, noted });
    else {
      before.weights = now;
      before.noted = noted;
    }
  }
  return changed.findings(table, (workload, count) => ({
    ...base,
    check: "weights-known",
    sentence: `The weights of ${table.texts.get(workload)} change ${count} times while it serves, without a note: weights that change are trained.`,
  }));
}

/** A data set has one origin, and it is the agreed one. */
export const dataOrigin: RecordCheck = {
  id: "data-origin",
  obligation: "origin-told",
  needs: ["datasetSha256", "dataSources"],
  about:
    "Data sets whose declared sources are not those that the terms know, or differ from record to record.",
  run({ table, terms }) {
    const agreed = new Map<number, ReadonlySet<string>>();
    for (const { sha256, sources } of terms.permitted?.datasets ?? []) {
      const number = table.texts.find(sha256);
      if (number !== undefined && sources !== undefined) agreed.set(number, new Set(sources));
    }
    const first = new Map<number, number>();
    const [other, differing] = [new Grouped<number>(), new Grouped<number>()];
    for (let i = 0; i < table.count; i++) {
      const dataset = table.datasetSha256[i] as number;
      const list = table.dataSources[i] as number;
      if (dataset === NO_TEXT || list === 0) continue;
      const known = agreed.get(dataset);
      const sources = table.lists[list] as readonly number[];
      if (known !== undefined && sources.some((one) => !known.has(table.texts.get(one))))
        other.add(dataset, i);
      const before = first.get(dataset);
      if (before === undefined) first.set(dataset, list);
      else if (
        known === undefined &&
        !isSameSet(table.lists[before] as readonly number[], sources)
      ) {
        differing.add(dataset, i);
      }
    }
    const hash = (dataset: number) => `${table.texts.get(dataset).slice(0, 12)}…`;
    return {
      findings: [
        ...other.findings(table, (dataset, count, record) => ({
          ...base,
          check: "data-origin",
          sentence: `${recordsThat(count, "say")} that the data set ${hash(dataset)} comes from ${sourcesOf(table, record)}; the terms know it from elsewhere.`,
        })),
        ...differing.findings(table, (dataset, count, record) => ({
          ...base,
          check: "data-origin",
          sentence: `${recordsThat(count, "say")} that the data set ${hash(dataset)} comes from ${sourcesOf(table, record)}, and others that it comes from elsewhere.`,
        })),
      ],
      gaps: [],
    };
  },
};

function sourcesOf(table: ActivityContext["table"], record: number): string {
  const list = table.lists[table.dataSources[record] as number] as readonly number[];
  return list.map((one) => table.texts.get(one)).join(", ");
}

function isSameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
