import { there } from "@standstill/record";
import { IndicatorError } from "../error.ts";

/** What is done with runs in which a model got its score by a trick: they count as failures, are left out, or count as scored. */
export const REWARD_HACKING_POLICIES = ["fail", "drop", "count"] as const;
/** One of the policies for reward hacking. */
export type RewardHackingPolicy = (typeof REWARD_HACKING_POLICIES)[number];

/** Runs of an evaluation, in columns: one entry for each run. */
export interface EvaluationRuns {
  readonly count: number;
  readonly aliases: readonly string[];
  readonly tasks: readonly string[];
  readonly families: readonly string[];
  /** Family of each task, by number. */
  readonly familyOfTask: readonly number[];
  /** Model, task, human minutes and score of each run. */
  readonly alias: Uint16Array;
  readonly task: Uint32Array;
  readonly minutes: Float64Array;
  readonly score: Float64Array;
  /** 1 where the run says that its score was got by a trick. */
  readonly hacked: Uint8Array;
  /** When each model came out, where runs say so: `2026-06-04`. */
  readonly released: ReadonlyMap<number, string>;
  /** Runs that stood there twice, and count once. */
  readonly duplicates: number;
  /** Tasks whose human time is an estimate, not measured. */
  readonly estimatedTasks: number;
}

/** A run as the columns take it. */
export interface Run {
  readonly alias: string;
  readonly task: string;
  readonly family: string;
  readonly minutes: number;
  readonly score: number;
  readonly isHacked: boolean;
  readonly isEstimated: boolean;
  readonly released?: string;
  /** Tells runs apart; the same twice is one run. */
  readonly key?: string;
}

const MOST_RUNS = 5_000_000;
const MOST_ALIASES = 2000;
const MOST_NAME = 300;

/** Which field holds the score. */
export type ScoreField = "score_binarized" | "score_cont";

/** Takes runs one by one, and puts them in columns. */
export class RunColumns {
  readonly #aliases = new Names();
  readonly #tasks = new Names();
  readonly #families = new Names();
  readonly #familyOfTask: number[] = [];
  readonly #estimated = new Set<number>();
  readonly #rows: { alias: number[]; task: number[]; minutes: number[]; score: number[] } = {
    alias: [],
    task: [],
    minutes: [],
    score: [],
  };
  readonly #hacked: number[] = [];
  readonly #released = new Map<number, string>();
  readonly #keys = new Map<string, number>();
  #duplicates = 0;

  /** @throws IndicatorError where a value is out of range, a task changes its family, or one run is told in two ways */
  add(run: Run, place: string): void {
    const fault = faultOf(run);
    if (fault !== undefined) throw new IndicatorError("out-of-range", fault, place);
    const alias = this.#aliases.number(run.alias);
    const task = this.#tasks.number(run.task);
    const family = this.#families.number(run.family);
    if (task === this.#familyOfTask.length) this.#familyOfTask.push(family);
    else if (this.#familyOfTask[task] !== family) {
      throw new IndicatorError(
        "malformed-data",
        `expected the task ${run.task} in one family, got ${this.#families.all[there(this.#familyOfTask[task])]} and ${run.family}`,
        place,
      );
    }
    if (this.#isDuplicate(run, alias, task, place)) return;
    if (this.#rows.alias.length === MOST_RUNS || this.#aliases.all.length > MOST_ALIASES) {
      throw new IndicatorError(
        "too-large",
        `expected at most ${MOST_RUNS} runs of ${MOST_ALIASES} models, got more`,
        place,
      );
    }
    this.#rows.alias.push(alias);
    this.#rows.task.push(task);
    this.#rows.minutes.push(run.minutes);
    this.#rows.score.push(run.score);
    this.#hacked.push(run.isHacked ? 1 : 0);
    if (run.isEstimated) this.#estimated.add(task);
    if (run.released !== undefined) this.#released.set(alias, run.released);
  }

  /** All runs so far. */
  end(): EvaluationRuns {
    const { alias, task, minutes, score } = this.#rows;
    if (alias.length === 0)
      throw new IndicatorError("too-few-points", "expected runs, got none", "the whole file");
    return {
      count: alias.length,
      aliases: this.#aliases.all,
      tasks: this.#tasks.all,
      families: this.#families.all,
      familyOfTask: this.#familyOfTask,
      released: this.#released,
      alias: Uint16Array.from(alias),
      task: Uint32Array.from(task),
      minutes: Float64Array.from(minutes),
      score: Float64Array.from(score),
      hacked: Uint8Array.from(this.#hacked),
      duplicates: this.#duplicates,
      estimatedTasks: this.#estimated.size,
    };
  }

  #isDuplicate({ key, score, minutes }: Run, alias: number, task: number, place: string): boolean {
    if (key === undefined) return false;
    const before = this.#keys.get(key);
    if (before === undefined) {
      this.#keys.set(key, this.#rows.alias.length);
      return false;
    }
    const rows = this.#rows;
    const isSame =
      rows.alias[before] === alias &&
      rows.task[before] === task &&
      rows.score[before] === score &&
      rows.minutes[before] === minutes;
    if (!isSame) {
      throw new IndicatorError(
        "malformed-data",
        `expected one run ${key}, got two that differ`,
        place,
      );
    }
    this.#duplicates++;
    return true;
  }
}

function faultOf({ alias, task, family, minutes, score }: Run): string | undefined {
  for (const [name, text] of Object.entries({ alias, task_id: task, task_family: family })) {
    if (text === "" || text.length > MOST_NAME)
      return `expected ${name} of 1 to ${MOST_NAME} characters, got ${text.length}`;
  }
  if (!(minutes > 0 && minutes < 1e9))
    return `expected human_minutes above 0, since its logarithm is taken, got ${minutes}`;
  if (!(score >= 0 && score <= 1)) return `expected a score from 0 to 1, got ${score}`;
  return undefined;
}

class Names {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.all.length);
    return this.all.push(name) - 1;
  }
}
