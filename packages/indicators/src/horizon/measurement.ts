import { horizonFindings, type IndicatorFinding } from "../findings.ts";
import { type Horizon, horizonsOf } from "./horizon.ts";
import type { TaskWeights } from "./models.ts";
import type { EvaluationRuns, RewardHackingPolicy, ScoreField } from "./runs.ts";

/** Beyond this, METR holds horizons by its suite for unreliable (2026). Minutes. */
const SUITE_LIMIT_MINUTES = 960;

/** How horizons are measured. */
export interface HorizonQuestion {
  /** L2 penalty on the slope. */
  readonly penalty: number;
  readonly weights: TaskWeights;
  readonly score: ScoreField;
  readonly rewardHacking: RewardHackingPolicy | undefined;
  /** Resampled data sets for intervals, none for 0, and their seed. */
  readonly replicates: number;
  readonly seed: number;
  /** Day on which a model came out, where the runs do not say it. */
  readonly releases: Readonly<Record<string, string>>;
}

/** Horizons with how they were measured, from what, and what a statement says of them. */
export interface HorizonMeasurement {
  readonly method: Readonly<Record<string, unknown>> & {
    readonly name: "metr-task-horizon";
    readonly version: 1;
  };
  readonly runs: number;
  readonly tasks: number;
  readonly duplicates: number;
  readonly estimatedTasks: number;
  readonly horizons: readonly Horizon[];
  readonly indicators: readonly IndicatorFinding[];
}

/** Measures how long tasks are that models do, from runs. @throws IndicatorError as `horizonsOf` */
export function measureHorizons(
  runs: EvaluationRuns,
  { penalty, weights, score, rewardHacking, replicates, seed, releases }: HorizonQuestion,
): HorizonMeasurement {
  const bootstrap = replicates > 0 ? { replicates, seed } : undefined;
  const horizons = horizonsOf(runs, { penalty, weights, rewardHacking, bootstrap });
  return {
    method: {
      name: "metr-task-horizon",
      version: 1,
      penalty,
      weights,
      score,
      rewardHacking: rewardHacking ?? "no-runs-marked",
      bootstrap: bootstrap ?? null,
    },
    runs: runs.count,
    tasks: runs.tasks.length,
    duplicates: runs.duplicates,
    estimatedTasks: runs.estimatedTasks,
    horizons: horizons.map((one) => ({ ...one, released: releases[one.alias] ?? one.released })),
    indicators: horizonFindings(horizons, SUITE_LIMIT_MINUTES),
  };
}
