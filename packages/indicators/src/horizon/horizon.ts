import { exponentialOfTwo, fitLogistic, partedAt } from "@standstill/statistics";
import { bootstrapHorizons, type HorizonInterval } from "./bootstrap.ts";
import { type NoHorizon, pointsOf, whyNone } from "./curve.ts";
import { cellsOf, type ModelRuns, modelsOf, type TaskWeights } from "./models.ts";
import type { EvaluationRuns, RewardHackingPolicy } from "./runs.ts";

/** How horizons are measured. */
export interface HorizonMethod {
  /** L2 penalty on the slope: 0.1 as METR had it until January 2026, 0 since March. */
  readonly penalty: number;
  readonly weights: TaskWeights;
  /** Must be given where runs are marked as reward hacking. */
  readonly rewardHacking?: RewardHackingPolicy | undefined;
  /** Number of resampled data sets, and the seed they are drawn with; without it there are no intervals. */
  readonly bootstrap?: { readonly replicates: number; readonly seed: number } | undefined;
}

/** The task horizon of one model: how long tasks are, in human minutes, of which it does half, or four of five. */
export interface Horizon {
  readonly alias: string;
  readonly released: string | null;
  readonly runs: number;
  readonly tasks: number;
  readonly rewardHackingRuns: number;
  /** Of the curve over log2 of minutes; `null` where there is none. */
  readonly slope: number | null;
  readonly intercept: number | null;
  /** `null` where it cannot be said; `reason` tells why. */
  readonly p50Minutes: number | null;
  readonly p80Minutes: number | null;
  readonly reason: NoHorizon | null;
  /** The horizon lies between these, where success turns to failure at once; minutes. */
  readonly between: { readonly low: number; readonly high: number } | null;
  /** Whether the horizon lies beyond the tasks that were tried, so that it is a guess by the curve alone. */
  readonly extrapolated: { readonly p50: boolean; readonly p80: boolean } | null;
  readonly shortestMinutes: number | null;
  readonly longestMinutes: number | null;
  readonly interval: HorizonInterval | null;
}

/**
 * Measures the horizon of each model in the order in which they come in the runs (METR, "Measuring AI Ability to Complete Long Tasks",
 * 2025): a weighted logistic curve of success over log2 of human minutes, and where it passes one half and four fifths.
 *
 * @throws IndicatorError as `modelsOf`
 * @example horizonsOf(runs, { penalty: 0, weights: "invsqrt" })[0].p50Minutes
 */
export function horizonsOf(runs: EvaluationRuns, method: HorizonMethod): Horizon[] {
  const models = modelsOf(runs, method.weights, method.rewardHacking);
  const intervals =
    method.bootstrap === undefined
      ? undefined
      : bootstrapHorizons(models, runs.familyOfTask, method.penalty, method.bootstrap);
  return models.map((model, i) => horizonOf(model, method.penalty, intervals?.[i] ?? null));
}

function horizonOf(model: ModelRuns, penalty: number, interval: HorizonInterval | null): Horizon {
  const cells = cellsOf(model.tasks);
  const [shortest = null, longest = null] = model.range ?? [];
  const base = {
    alias: model.alias,
    released: model.released ?? null,
    runs: model.runs,
    tasks: model.tasks.length,
    rewardHackingRuns: model.hacked,
    shortestMinutes: shortest,
    longestMinutes: longest,
  };
  const none = {
    slope: null,
    intercept: null,
    p50Minutes: null,
    p80Minutes: null,
    between: null,
    extrapolated: null,
    interval: null,
  };
  const reason = whyNone(cells, penalty);
  if (reason === "parted") {
    const { below, above } = partedAt(cells);
    const between = { low: exponentialOfTwo(below), high: exponentialOfTwo(above) };
    return { ...base, ...none, reason, between };
  }
  if (reason !== undefined) return { ...base, ...none, reason };
  const { slope, intercept } = fitLogistic(cells, penalty);
  if (!(slope < 0)) return { ...base, ...none, slope, intercept, reason: "does-not-fall" };
  const [p50Minutes, p80Minutes] = pointsOf({ slope, intercept });
  const isBeyond = (minutes: number) => minutes > (longest ?? 0) || minutes < (shortest ?? 0);
  return {
    ...base,
    slope,
    intercept,
    p50Minutes,
    p80Minutes,
    reason: null,
    between: null,
    interval,
    extrapolated: { p50: isBeyond(p50Minutes), p80: isBeyond(p80Minutes) },
  };
}
