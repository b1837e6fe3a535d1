import { type ActivityTable, NO_NUMBER } from "@standstill/evidence/activity";
import { thresholds } from "../../methods/draft/thresholds.ts";
import { type ActivityContext, TRAINING } from "../context.ts";
import { type ActivityGap, Grouped } from "../finding.ts";
import type { RecordCheck } from "./check.ts";

const base = { obligation: "work-as-told" } as const;

/**
 * Tokens are whole batches of a device, or at least whole sequences. Workloads differ in which: the strictest that most of a workload's records keep is its own rule, and the others
 * break it. Whether all devices do whole batches together is not asked: a step that ends between two windows counts in either.
 */
export const batchesAndTokens: RecordCheck = {
  id: "batches-and-tokens",
  obligation: "work-as-told",
  needs: ["tokens", "batchSize", "sequenceLength"],
  about:
    "Tokens that are no whole number of batches, or of sequences, where most of the workload's are.",
  run(subject) {
    const { table, terms } = subject;
    const found = new Grouped<number>();
    const told = new Map<number, { unit: string; of: number }>();
    let unclear = 0;
    for (const [workload, its] of workloadsWithBatches(subject)) {
      const rule = ruleOf(table, its);
      if (rule === undefined) unclear += its.length;
      for (const record of rule?.broken ?? []) found.add(workload, record);
      if (rule !== undefined) told.set(workload, { unit: rule.unit, of: its.length });
    }
    const isAsked = terms.required?.training?.includes("batchSize") ?? false;
    const gap: ActivityGap = {
      code: "batches-unclear",
      ...base,
      numbers: { records: unclear },
      sentence: `Tokens of ${unclear} records are no whole batches, so batches tell nothing here.`,
    };
    return {
      findings: found.findings(table, (workload, count) => {
        const { unit, of } = told.get(workload) as { unit: string; of: number };
        return {
          ...base,
          check: "batches-and-tokens",
          severity: "suspicion",
          numbers: { of },
          sentence: `Tokens of ${count} of ${of} records of ${table.texts.get(workload)} are no whole number of ${unit}, though those of the others are.`,
        };
      }),
      gaps: isAsked && unclear > 0 ? [gap] : [],
    };
  },
};

/** Records of training that tell tokens, batch and sequence length, by workload. */
function workloadsWithBatches({ table, repeated }: ActivityContext): Map<number, number[]> {
  const by = new Map<number, number[]>();
  for (let i = 0; i < table.count; i++) {
    if (table.activity[i] !== TRAINING || repeated[i] === 1) continue;
    if (!((table.tokens[i] as number) > 0 && batchOf(table, i) > 0)) continue;
    const workload = table.workload[i] as number;
    const its = by.get(workload);
    if (its === undefined) by.set(workload, [i]);
    else its.push(i);
  }
  return by;
}

function batchOf(table: ActivityTable, i: number): number {
  const [batch, sequence] = [table.batchSize[i] as number, table.sequenceLength[i] as number];
  return batch === NO_NUMBER || sequence === NO_NUMBER ? 0 : batch * sequence;
}

interface Rule {
  readonly unit: string;
  readonly broken: readonly number[];
}

/** The strictest rule that most of a workload's records keep, and those that break it. */
function ruleOf(table: ActivityTable, its: readonly number[]): Rule | undefined {
  const tokens = (i: number) => table.tokens[i] as number;
  const alone = (i: number) => isWhole(tokens(i), batchOf(table, i));
  const sequences = (i: number) => isWhole(tokens(i), table.sequenceLength[i] as number);
  return ruleBy(table, its, "batches", alone) ?? ruleBy(table, its, "sequences", sequences);
}

function ruleBy(
  table: ActivityTable,
  its: readonly number[],
  unit: string,
  keeps: (i: number) => boolean,
): Rule | undefined {
  const broken = its.filter((i) => !keeps(i));
  const isRule =
    broken.length === 0 ||
    keepers(table, its, broken) > thresholds.logs.batches.ofWorkload * its.length;
  return isRule ? { unit, broken } : undefined;
}

/** How many records have a batch and sequence length of which nearly all keep the rule. */
function keepers(table: ActivityTable, its: readonly number[], broken: readonly number[]): number {
  const key = (i: number) =>
    (table.batchSize[i] as number) * 67_108_864 + (table.sequenceLength[i] as number);
  const count = (records: readonly number[]) => {
    const counts = new Map<number, number>();
    for (const i of records) counts.set(key(i), (counts.get(key(i)) ?? 0) + 1);
    return counts;
  };
  const [all, breaking] = [count(its), count(broken)];
  let sum = 0;
  for (const [which, of] of all) {
    if ((breaking.get(which) ?? 0) <= of * (1 - thresholds.logs.batches.ofOneSize)) sum += of;
  }
  return sum;
}

function isWhole(tokens: number, unit: number): boolean {
  const units = tokens / unit;
  return (
    Math.abs(units - Math.round(units)) < thresholds.logs.batches.exact * Math.max(1, units) &&
    units >= 0.5
  );
}
