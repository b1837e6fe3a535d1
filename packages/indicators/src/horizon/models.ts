import { there } from "@standstill/record";
import { binaryLogarithm, type Outcomes } from "@standstill/statistics";
import { IndicatorError } from "../error.ts";
import type { EvaluationRuns, RewardHackingPolicy } from "./runs.ts";

/** How much a run weighs: all tasks alike, or a task less the more its family has. */
export const TASK_WEIGHTS = ["invsqrt", "equal"] as const;
/** One of the ways to weigh tasks. */
export type TaskWeights = (typeof TASK_WEIGHTS)[number];

/** One model's runs of one task. */
export interface TaskRuns {
  readonly task: number;
  /** Weight of each run; those of a model sum to 1. */
  readonly weight: number;
  /** Log2 of human minutes and score, run by run. */
  readonly log2Minutes: readonly number[];
  readonly scores: readonly number[];
  /** Number of successes, where all runs have one length and each failed or succeeded; else -1. */
  readonly successes: number;
}

/** One model's runs, by task. */
export interface ModelRuns {
  readonly alias: string;
  readonly released: string | undefined;
  readonly runs: number;
  readonly hacked: number;
  /** Shortest and longest task, in human minutes; `undefined` without runs. */
  readonly range: readonly [shortest: number, longest: number] | undefined;
  readonly tasks: readonly TaskRuns[];
}

/**
 * Sorts runs by model and task, and weighs them: each run 1 / (runs of its task), with `invsqrt` also divided by the root of the number
 * of tasks of its family that the model tried; then so that a model's weights sum to 1 (METR/eval-analysis-public).
 *
 * @throws IndicatorError `policy-missing` where runs are marked as reward hacking and it is not said what to do with them
 */
export function modelsOf(
  runs: EvaluationRuns,
  weights: TaskWeights,
  policy: RewardHackingPolicy | undefined,
): ModelRuns[] {
  const hacked = runs.hacked.reduce((sum, one) => sum + one, 0);
  if (hacked > 0 && policy === undefined) {
    throw new IndicatorError(
      "policy-missing",
      `expected a policy for the ${hacked} runs that are marked as reward hacking: fail, drop or count; it can change a horizon twentyfold`,
    );
  }
  const all = runs.aliases.map(() => new Map<number, { x: number[]; y: number[] }>());
  const marked = new Uint32Array(runs.aliases.length);
  const ranges: ([number, number] | undefined)[] = runs.aliases.map(() => undefined);
  const logarithms = new Map<number, number>();
  for (let i = 0; i < runs.count; i++) {
    const alias = there(runs.alias[i]);
    const isHacked = runs.hacked[i] === 1;
    if (isHacked) marked[alias] = there(marked[alias]) + 1;
    if (isHacked && policy === "drop") continue;
    const minutes = there(runs.minutes[i]);
    let log2 = logarithms.get(minutes);
    if (log2 === undefined) {
      log2 = binaryLogarithm(minutes);
      logarithms.set(minutes, log2);
    }
    const [shortest, longest] = ranges[alias] ?? [minutes, minutes];
    ranges[alias] = [Math.min(shortest, minutes), Math.max(longest, minutes)];
    const its = there(all[alias]);
    const task = its.get(there(runs.task[i])) ?? { x: [], y: [] };
    its.set(there(runs.task[i]), task);
    task.x.push(log2);
    task.y.push(isHacked && policy === "fail" ? 0 : there(runs.score[i]));
  }
  return all.map((its, alias) => ({
    alias: there(runs.aliases[alias]),
    released: runs.released.get(alias),
    hacked: there(marked[alias]),
    range: ranges[alias],
    runs: [...its.values()].reduce((sum, { x }) => sum + x.length, 0),
    tasks: weighed(runs, its, weights),
  }));
}

function weighed(
  runs: EvaluationRuns,
  its: ReadonlyMap<number, { x: readonly number[]; y: readonly number[] }>,
  weights: TaskWeights,
): TaskRuns[] {
  const family = (task: number) => there(runs.familyOfTask[task]);
  const sizes = new Map<number, number>();
  for (const task of its.keys()) sizes.set(family(task), (sizes.get(family(task)) ?? 0) + 1);
  const share = (task: number) =>
    weights === "equal" ? 1 : 1 / Math.sqrt(there(sizes.get(family(task))));
  let sum = 0;
  for (const task of its.keys()) sum += share(task);
  return [...its].map(([task, { x, y }]) => {
    const isPlain =
      x.every((one) => one === x[0]) && y.every((score) => score === 0 || score === 1);
    return {
      task,
      weight: share(task) / x.length / sum,
      log2Minutes: x,
      scores: y,
      successes: isPlain ? y.filter((score) => score === 1).length : -1,
    };
  });
}

/** The observations of a model for the fit; a score between 0 and 1 is part success, part failure. */
export function cellsOf(tasks: readonly TaskRuns[]): Outcomes {
  const lengths: number[] = [];
  const success: number[] = [];
  const failure: number[] = [];
  for (const { weight, log2Minutes, scores, successes } of tasks) {
    if (successes >= 0) {
      lengths.push(there(log2Minutes[0]));
      success.push(weight * successes);
      failure.push(weight * (scores.length - successes));
      continue;
    }
    for (const [i, score] of scores.entries()) {
      lengths.push(there(log2Minutes[i]));
      success.push(weight * score);
      failure.push(weight * (1 - score));
    }
  }
  return {
    count: lengths.length,
    xs: Float64Array.from(lengths),
    success: Float64Array.from(success),
    failure: Float64Array.from(failure),
  };
}
