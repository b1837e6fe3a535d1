import { NO_TEXT } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import type { FindingTold, GapTold } from "../../finding.ts";
import { EVALUATION, INFERENCE, isJudged, type LogContext, TRAINING } from "../context.ts";
import { Grouped, logFinding, logGap, recordsThat } from "../records.ts";
import { logCheck } from "./check.ts";

const base = { severity: "contradiction" } as const;

/** Parents exist, come first, and nothing is its own ancestor. */
export const provenance = logCheck({
  id: "provenance",
  rule: "origin-told",
  fields: ["parents"],
  run(subject) {
    const { table, lineage } = subject;
    const phantom = new Grouped<number>(subject);
    for (let i = 0; i < table.count; i++) {
      for (const parent of table.lists[there(table.parents[i])] ?? []) {
        if (lineage.unknown.has(parent)) phantom.add(parent, i);
      }
    }
    const name = (workload: number) => table.texts.get(workload);
    const finding = (workload: number, record: number, sentence: string): FindingTold[] =>
      isJudged(subject, record)
        ? [logFinding(subject, { ...base, about: name(workload), sentence }, [record])]
        : [];
    return {
      findings: [
        ...phantom.findings((parent, count) => ({
          ...base,
          about: name(parent),
          sentence: `${recordsThat(count, "name")} the parent ${name(parent)}, which is no workload of these logs, no known weights and no declared model.`,
        })),
        ...lineage.late
          .slice(0, 100)
          .flatMap(({ child, parent, record }) =>
            finding(
              child,
              record,
              `${name(child)} names ${name(parent)} as its parent, which begins only after it.`,
            ),
          ),
        ...lineage.circles
          .slice(0, 100)
          .flatMap(({ workloads, record }) =>
            finding(
              there(workloads[0]),
              record,
              `${workloads.slice(0, 5).map(name).join(", ")} ${workloads.length === 1 ? "is its own ancestor" : "are their own ancestors"}.`,
            ),
          ),
      ],
      gaps: [],
    };
  },
});

/** Weights are one model's, come from somewhere, and stay as they are while they are served. */
export const weightsKnown = logCheck({
  id: "weights-known",
  rule: "origin-told",
  fields: ["modelSha256"],
  run(subject) {
    const { table, terms, knownWeights, models } = subject;
    const made = new Map<number, number>();
    const names = new Map<number, number>();
    const foreign = new Grouped<number>(subject);
    const twice = new Grouped<number>(subject);
    const strange = new Grouped<number>(subject);
    for (let i = 0; i < table.count; i++) {
      const weights = there(table.modelSha256[i]);
      if (weights === NO_TEXT) continue;
      if (table.activity[i] === TRAINING) {
        const at = there(table.startMs[i]);
        made.set(weights, Math.min(at, made.get(weights) ?? at));
        // Training may begin with another model's weights.
        continue;
      }
      const model = there(table.model[i]);
      if (model === NO_TEXT) continue;
      const known = knownWeights.get(weights);
      if (known !== undefined && known.model !== table.texts.get(model)) foreign.add(weights, i);
      const before = names.get(weights);
      if (before !== undefined && before !== model && known === undefined) twice.add(weights, i);
      names.set(weights, before ?? model);
    }
    const declared = new Set(
      (terms.models ?? []).filter(({ weights }) => weights !== undefined).map(({ model }) => model),
    );
    let [unclear, untold] = [0, 0];
    for (let i = 0; i < table.count; i++) {
      const activity = there(table.activity[i]);
      const weights = there(table.modelSha256[i]);
      if (activity !== INFERENCE && activity !== EVALUATION) continue;
      if (weights === NO_TEXT) {
        const its = models.get(there(table.model[i]));
        if (its !== undefined && declared.has(its.model) && isJudged(subject, i)) untold++;
        continue;
      }
      if (knownWeights.has(weights)) continue;
      if ((made.get(weights) ?? Number.POSITIVE_INFINITY) < there(table.endMs[i])) continue;
      const model = models.get(there(table.model[i]));
      if (model !== undefined && declared.has(model.model)) strange.add(weights, i);
      else if (isJudged(subject, i)) unclear++;
    }
    const hash = (weights: number) => `${table.texts.get(weights).slice(0, 12)}…`;
    const of = (weights: number) => ({ ...base, about: hash(weights) });
    const gap = (code: string, records: number, sentence: string): GapTold[] =>
      records === 0 ? [] : [logGap(code, sentence, { records })];
    return {
      findings: [
        ...foreign.findings((weights, count, first) => ({
          ...of(weights),
          sentence: `${recordsThat(count, "name")} the weights ${hash(weights)} as ${table.texts.get(there(table.model[first]))}; they are those of ${knownWeights.get(weights)?.model}.`,
        })),
        ...twice.findings((weights, count, first) => ({
          ...of(weights),
          severity: "suspicion" as const,
          sentence: `${recordsThat(count, "name")} the weights ${hash(weights)} as ${table.texts.get(there(table.model[first]))}, and others as ${table.texts.get(there(names.get(weights)))}.`,
        })),
        ...strange.findings((weights, count) => ({
          ...of(weights),
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
});

function changedWhileServed(subject: LogContext): FindingTold[] {
  const { table, order } = subject;
  // By workload and model: one workload may serve several models.
  const held = new Map<number, { weights: number; noted: number }>();
  const changed = new Grouped<number>(subject);
  const inTime = order.filter(
    (i) => table.activity[i] === INFERENCE && table.modelSha256[i] !== NO_TEXT,
  );
  inTime.sort((a, b) => there(table.startMs[a]) - there(table.startMs[b]) || a - b);
  for (const i of inTime) {
    const key = there(table.workload[i]) * 4_194_304 + there(table.model[i]);
    const now = there(table.modelSha256[i]);
    const before = held.get(key);
    const noted =
      table.note[i] === 1 ? there(table.endMs[i]) : (before?.noted ?? Number.NEGATIVE_INFINITY);
    const isNew = before !== undefined && before.weights !== now;
    if (isNew && there(table.startMs[i]) >= noted && table.note[i] === 0) {
      changed.add(there(table.workload[i]), i);
    }
    if (before === undefined) held.set(key, { weights: now, noted });
    else {
      before.weights = now;
      before.noted = noted;
    }
  }
  return changed.findings((workload, count) => ({
    ...base,
    about: table.texts.get(workload),
    sentence: `The weights of ${table.texts.get(workload)} change ${count} times while it serves, without a note: weights that change are trained.`,
  }));
}

/** A data set has one origin, and it is the agreed one. */
export const dataOrigin = logCheck({
  id: "data-origin",
  rule: "origin-told",
  fields: ["datasetSha256", "dataSources"],
  run(subject) {
    const { table, terms } = subject;
    const agreed = new Map<number, ReadonlySet<string>>();
    for (const { sha256, sources } of terms.permitted?.datasets ?? []) {
      const number = table.texts.find(sha256);
      if (number !== undefined && sources !== undefined) agreed.set(number, new Set(sources));
    }
    const first = new Map<number, number>();
    const other = new Grouped<number>(subject);
    const differing = new Grouped<number>(subject);
    for (let i = 0; i < table.count; i++) {
      const dataset = there(table.datasetSha256[i]);
      const list = there(table.dataSources[i]);
      if (dataset === NO_TEXT || list === 0) continue;
      const known = agreed.get(dataset);
      const sources = there(table.lists[list]);
      if (known !== undefined && sources.some((one) => !known.has(table.texts.get(one))))
        other.add(dataset, i);
      const before = first.get(dataset);
      if (before === undefined) first.set(dataset, list);
      else if (known === undefined && !isSameSet(there(table.lists[before]), sources)) {
        differing.add(dataset, i);
      }
    }
    const hash = (dataset: number) => `${table.texts.get(dataset).slice(0, 12)}…`;
    return {
      findings: [
        ...other.findings((dataset, count, record) => ({
          ...base,
          about: hash(dataset),
          sentence: `${recordsThat(count, "say")} that the data set ${hash(dataset)} comes from ${sourcesOf(table, record)}; the terms know it from elsewhere.`,
        })),
        ...differing.findings((dataset, count, record) => ({
          ...base,
          about: hash(dataset),
          sentence: `${recordsThat(count, "say")} that the data set ${hash(dataset)} comes from ${sourcesOf(table, record)}, and others that it comes from elsewhere.`,
        })),
      ],
      gaps: [],
    };
  },
});

function sourcesOf(table: LogContext["table"], record: number): string {
  const list = there(table.lists[there(table.dataSources[record])]);
  return list.map((one) => table.texts.get(one)).join(", ");
}

function isSameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}
