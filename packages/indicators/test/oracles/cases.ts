import type { Made } from "../made-runs.ts";

const models = [0.4, 4, 35, 200, 900].map((p50, i) => ({
  alias: `model-${i}`,
  p50,
  slope: -0.55 - 0.1 * i,
}));

/** Made-up runs that scikit-learn has fitted; `scikit-learn.json` holds what it found. */
export const CASES: Readonly<Record<string, Made>> = {
  "five models, 6 runs of each task": {
    seed: 11,
    families: 60,
    tasksPerFamily: 6,
    runsPerTask: 6,
    models,
  },
  "five models, one run of each task": {
    seed: 12,
    families: 90,
    tasksPerFamily: 3,
    runsPerTask: 1,
    models,
  },
  "scores between 0 and 1": {
    seed: 13,
    families: 40,
    tasksPerFamily: 8,
    runsPerTask: 5,
    models,
    fractional: true,
  },
};
