import { type EvaluationRuns, RunColumns } from "@standstill/indicators";

/** A small generator of numbers from 0 to 1 (mulberry32), so that made-up runs need nothing of what is tested. */
export function shares(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How made-up runs are made. */
export interface Made {
  readonly seed: number;
  readonly families: number;
  readonly tasksPerFamily: number;
  readonly runsPerTask: number;
  /** True horizon of each model in minutes, and how steeply success falls with log2 of minutes. */
  readonly models: readonly {
    readonly alias: string;
    readonly p50: number;
    readonly slope: number;
  }[];
  /** Scores between 0 and 1 instead of failure and success. */
  readonly fractional?: boolean;
}

/** A made-up run as a line of METR's format has it. */
export interface MadeRun {
  readonly run_id: string;
  readonly task_id: string;
  readonly task_family: string;
  readonly alias: string;
  readonly human_minutes: number;
  readonly score_binarized: number;
}

/** Runs of models whose horizons are known. Lengths lie between four seconds and twenty hours, evenly in their logarithm. */
export function madeRuns({
  seed,
  families,
  tasksPerFamily,
  runsPerTask,
  models,
  fractional,
}: Made): MadeRun[] {
  const share = shares(seed);
  const runs: MadeRun[] = [];
  for (let family = 0; family < families; family++) {
    const its = 1 + Math.floor(share() * tasksPerFamily);
    for (let task = 0; task < its; task++) {
      const minutes = Number((0.067 * 2 ** (share() * 14)).toPrecision(6));
      for (const { alias, p50, slope } of models) {
        const chance = 1 / (1 + (minutes / p50) ** (-slope / Math.LN2));
        for (let run = 0; run < runsPerTask; run++) {
          const luck = share();
          runs.push({
            run_id: `${alias}/${family}/${task}/${run}`,
            alias,
            human_minutes: minutes,
            task_id: `family-${family}/task-${task}`,
            task_family: `family-${family}`,
            score_binarized: fractional
              ? Math.round(100 * chance * (0.5 + luck / 2)) / 100
              : luck < chance
                ? 1
                : 0,
          });
        }
      }
    }
  }
  return runs;
}

/** Made-up runs as the measurement takes them. */
export function columnsOf(runs: readonly MadeRun[]): EvaluationRuns {
  const columns = new RunColumns();
  for (const run of runs) {
    columns.add(
      {
        alias: run.alias,
        task: run.task_id,
        family: run.task_family,
        key: run.run_id,
        minutes: run.human_minutes,
        score: run.score_binarized,
        isHacked: false,
        isEstimated: false,
      },
      run.run_id,
    );
  }
  return columns.end();
}
