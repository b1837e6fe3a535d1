import { type ActivityTable, NO_NUMBER } from "@standstill/evidence/activity";
import { there } from "@standstill/record";
import { thresholds } from "../../methods/draft/thresholds.ts";
import { isJudged, type LogContext, TRAINING } from "../context.ts";
import { Grouped, logGap } from "../records.ts";
import { logCheck } from "./check.ts";

/**
 * Tokens are whole batches of a device, or at least whole sequences. Workloads differ in which: the strictest that most of a workload's records keep is its own rule, and the others
 * break it. Whether all devices do whole batches together is not asked: a step that ends between two windows counts in either.
 */
export const batchesAndTokens = logCheck({
  id: "batches-and-tokens",
  rule: "work-as-told",
  fields: ["tokens", "batchSize", "sequenceLength"],
  run(subject) {
    const { table, terms } = subject;
    const found = new Grouped<number>(subject);
    const told = new Map<number, { unit: string; of: number }>();
    let unclear = 0;
    for (const [workload, its] of workloadsWithBatches(subject)) {
      const rule = ruleOf(table, its);
      if (rule === undefined) unclear += its.length;
      for (const record of rule?.broken ?? []) found.add(workload, record);
      if (rule !== undefined) told.set(workload, { unit: rule.unit, of: its.length });
    }
    const isAsked = terms.required?.training?.includes("batchSize") ?? false;
    const sentence = `Tokens of ${unclear} records are no whole batches, so batches tell nothing here.`;
    const gap = logGap("batches-unclear", sentence, { records: unclear });
    return {
      findings: found.findings((workload, count) => {
        const { unit, of } = there(told.get(workload));
        return {
          severity: "suspicion",
          about: table.texts.get(workload),
          numbers: { of },
          sentence: `Tokens of ${count} of ${of} records of ${table.texts.get(workload)} are no whole number of ${unit}, though those of the others are.`,
        };
      }),
      gaps: isAsked && unclear > 0 ? [gap] : [],
    };
  },
});

/** Records of training that tell tokens, batch and sequence length, by workload. */
function workloadsWithBatches(log: LogContext): Map<number, number[]> {
  const { table, repeated } = log;
  const by = new Map<number, number[]>();
  for (let i = 0; i < table.count; i++) {
    if (table.activity[i] !== TRAINING || repeated[i] === 1 || !isJudged(log, i)) continue;
    if (!(there(table.tokens[i]) > 0 && batchOf(table, i) > 0)) continue;
    const workload = there(table.workload[i]);
    const its = by.get(workload);
    if (its === undefined) by.set(workload, [i]);
    else its.push(i);
  }
  return by;
}

function batchOf(table: ActivityTable, i: number): number {
  const [batch, sequence] = [there(table.batchSize[i]), there(table.sequenceLength[i])];
  return batch === NO_NUMBER || sequence === NO_NUMBER ? 0 : batch * sequence;
}

interface Rule {
  readonly unit: string;
  readonly broken: readonly number[];
}

/** The strictest rule that most of a workload's records keep, and those that break it. */
function ruleOf(table: ActivityTable, its: readonly number[]): Rule | undefined {
  const tokens = (i: number) => there(table.tokens[i]);
  const alone = (i: number) => isWhole(tokens(i), batchOf(table, i));
  const sequences = (i: number) => isWhole(tokens(i), there(table.sequenceLength[i]));
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
    there(table.batchSize[i]) * 67_108_864 + there(table.sequenceLength[i]);
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
