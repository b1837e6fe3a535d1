import { there } from "@standstill/record";
import {
  BinomialTables,
  drawFrom,
  exponentialOfTwo,
  fitLogistic,
  type LogisticCurve,
  partedAt,
  quantileOf,
  type Random,
  randomFrom,
} from "@standstill/statistics";
import { pointsOf, whyNone } from "./curve.ts";
import { cellsOf, type ModelRuns, type TaskRuns } from "./models.ts";

/** Between which the horizon lies with the level given, from resampled runs. Minutes. */
export interface HorizonInterval {
  readonly kind: "hierarchical-bootstrap";
  readonly level: number;
  readonly low: number;
  readonly high: number;
  readonly p80: { readonly low: number; readonly high: number };
  readonly replicates: number;
  /** Replicates in which the model had no horizon, and which are left out. */
  readonly without: number;
}

const LEVEL = 0.95;
const TAIL = (1 - LEVEL) / 2;

/**
 * Intervals by resampling families, tasks of a family, and runs of a task, each with replacement; the draw of families and tasks is the
 * same for all models, weights stay what they were, and what is drawn twice counts twice (METR/eval-analysis-public, bootstrap).
 * Of tasks whose runs only fail or succeed, the number of successes is drawn at once.
 */
export function bootstrapHorizons(
  models: readonly ModelRuns[],
  familyOfTask: readonly number[],
  penalty: number,
  { replicates, seed }: { readonly replicates: number; readonly seed: number },
): (HorizonInterval | null)[] {
  const random = randomFrom(seed);
  const families = familiesOf(models, familyOfTask);
  const times = new Uint32Array(familyOfTask.length);
  const tables = new BinomialTables();
  const resampled = models.map((model) => new Resampled(model, tables, penalty));
  const rows = models.map(() => ({
    p50: new Float64Array(replicates),
    p80: new Float64Array(replicates),
  }));
  for (let replicate = 0; replicate < replicates; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < families.length; draw++) {
      const tasks = there(families[random.below(families.length)]);
      for (let k = 0; k < tasks.length; k++) {
        const task = there(tasks[random.below(tasks.length)]);
        times[task] = there(times[task]) + 1;
      }
    }
    for (const [m, model] of resampled.entries()) {
      const [p50, p80] = model.draw(times, random, penalty);
      const row = there(rows[m]);
      row.p50[replicate] = p50;
      row.p80[replicate] = p80;
    }
  }
  return rows.map(({ p50, p80 }) => intervalOf(p50, p80));
}

function familiesOf(models: readonly ModelRuns[], familyOfTask: readonly number[]): number[][] {
  const families = new Map<number, number[]>();
  const tried = new Set(models.flatMap(({ tasks }) => tasks.map(({ task }) => task)));
  for (const [task, family] of familyOfTask.entries()) {
    if (!tried.has(task)) continue;
    const its = families.get(family);
    if (its === undefined) families.set(family, [task]);
    else its.push(task);
  }
  return [...families.values()];
}

function intervalOf(p50: Float64Array, p80: Float64Array): HorizonInterval | null {
  const [its, others] = [p50.filter(isNumber), p80.filter(isNumber)];
  if (its.length === 0) return null;
  return {
    kind: "hierarchical-bootstrap",
    level: LEVEL,
    low: quantileOf(its, TAIL),
    high: quantileOf(its, 1 - TAIL),
    p80: { low: quantileOf(others, TAIL), high: quantileOf(others, 1 - TAIL) },
    replicates: p50.length,
    without: p50.length - its.length,
  };
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}

/** A model's runs, drawn anew again and again into the same columns. */
class Resampled {
  readonly #tasks: readonly TaskRuns[];
  /** The curve of all runs: those of draws are near. */
  readonly #start: LogisticCurve | undefined;
  /** Of tasks whose runs only fail or succeed, how many succeed; with the numbers of their tasks, in the same order. */
  readonly #tables: readonly (Float64Array | undefined)[];
  readonly #numbers: Uint32Array;
  readonly #weights: Float64Array;
  readonly #runs: Uint32Array;
  readonly #lengths: Float64Array;
  readonly #log2Minutes: Float64Array;
  readonly #success: Float64Array;
  readonly #failure: Float64Array;

  constructor({ tasks }: ModelRuns, tables: BinomialTables, penalty: number) {
    const cells = cellsOf(tasks);
    this.#start = whyNone(cells, penalty) === undefined ? fitLogistic(cells, penalty) : undefined;
    const most = tasks.reduce(
      (sum, { successes, scores }) => sum + (successes >= 0 ? 1 : scores.length),
      0,
    );
    this.#tasks = tasks;
    this.#tables = tasks.map(({ successes, scores }) =>
      successes >= 0 ? tables.of(scores.length, successes) : undefined,
    );
    this.#numbers = Uint32Array.from(tasks, ({ task }) => task);
    this.#weights = Float64Array.from(tasks, ({ weight }) => weight);
    this.#runs = Uint32Array.from(tasks, ({ scores }) => scores.length);
    this.#lengths = Float64Array.from(tasks, ({ log2Minutes }) => there(log2Minutes[0]));
    this.#log2Minutes = new Float64Array(most);
    this.#success = new Float64Array(most);
    this.#failure = new Float64Array(most);
  }

  /** Horizons of one draw; NaN where it has none. */
  draw(times: Uint32Array, random: Random, penalty: number): readonly [number, number] {
    let count = 0;
    const [lengths, success, failure] = [this.#log2Minutes, this.#success, this.#failure];
    for (let t = 0; t < this.#numbers.length; t++) {
      const often = there(times[there(this.#numbers[t])]);
      if (often === 0) continue;
      const [runs, weight] = [there(this.#runs[t]), there(this.#weights[t])];
      const table = this.#tables[t];
      if (table !== undefined) {
        let hits = 0;
        for (let k = 0; k < often; k++) hits += drawFrom(table, random.share());
        lengths[count] = there(this.#lengths[t]);
        success[count] = weight * hits;
        failure[count] = weight * (often * runs - hits);
        count++;
        continue;
      }
      const { log2Minutes, scores } = there(this.#tasks[t]);
      const from = count;
      for (let i = 0; i < runs; i++, count++) {
        lengths[count] = there(log2Minutes[i]);
        success[count] = 0;
        failure[count] = 0;
      }
      for (let k = 0; k < often * runs; k++) {
        const i = random.below(runs);
        const score = there(scores[i]);
        success[from + i] = there(success[from + i]) + weight * score;
        failure[from + i] = there(failure[from + i]) + weight * (1 - score);
      }
    }
    const cells = {
      count,
      xs: lengths.subarray(0, count),
      success: success.subarray(0, count),
      failure: failure.subarray(0, count),
    };
    const reason = whyNone(cells, penalty);
    if (reason === "parted") {
      // What the curve tends to as the penalty goes to nothing: a step in the middle.
      const { below, above } = partedAt(cells);
      const middle = exponentialOfTwo((below + above) / 2);
      return [middle, middle];
    }
    if (reason !== undefined) return NONE;
    const curve = fitLogistic(cells, penalty, { exactness: NEAR, start: this.#start });
    return curve.slope < 0 ? pointsOf(curve) : NONE;
  }
}

/** Far below what a draw moves the curve. */
const NEAR = 1e-9;
const NONE = [Number.NaN, Number.NaN] as const;
