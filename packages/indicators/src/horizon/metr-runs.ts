import { IndicatorError } from "../error.ts";
import { type Run, RunColumns, type ScoreField } from "./runs.ts";

const COLUMNS = ["alias", "task_id", "task_family", "human_minutes"] as const;
const MOST_LINE = 1 << 20;

/**
 * Reads runs as METR publishes them (`runs.jsonl` of METR/eval-analysis-public): one JSON object a line, with `alias`, `task_id`,
 * `task_family`, `human_minutes` and `score_binarized` or `score_cont`. `run_id`, `human_source`, `released` and `reward_hacking` are read where
 * they are there; other fields are not.
 *
 * @example const reader = new MetrRuns("score_binarized"); for (const line of lines) reader.line(line); reader.end();
 */
export class MetrRuns {
  readonly #columns: RunColumns;
  readonly #score: ScoreField;
  #line = 0;

  constructor(score: ScoreField, columns = new RunColumns()) {
    this.#score = score;
    this.#columns = columns;
  }

  /** @throws IndicatorError that names the line */
  line(line: string): void {
    this.#line++;
    const text = this.#line === 1 ? line.replace(/^\uFEFF/, "") : line;
    if (text.trim() === "") return;
    const place = `line ${this.#line}`;
    if (text.length > MOST_LINE)
      throw new IndicatorError(
        "too-large",
        `expected a line of at most ${MOST_LINE} characters`,
        place,
      );
    this.#columns.add(this.#runOf(objectIn(text, place), text, place), place);
  }

  /** All runs. */
  end() {
    return this.#columns.end();
  }

  #runOf(row: Record<string, unknown>, text: string, place: string): Run {
    const score = row[this.#score];
    const missing = [...COLUMNS, this.#score].find(
      (name) => row[name] === undefined || row[name] === null,
    );
    if (missing !== undefined) {
      throw new IndicatorError(
        "missing-column",
        `expected ${missing} in each run, got ${Object.keys(row).slice(0, 12).join(", ") || "nothing"}`,
        place,
      );
    }
    const number = (name: string, value: unknown) => {
      if (typeof value === "number") return value;
      if (typeof value === "boolean") return value ? 1 : 0;
      throw new IndicatorError(
        "malformed-data",
        `expected a number as ${name}, got ${JSON.stringify(value)}`,
        place,
      );
    };
    const word = (name: string) => {
      if (typeof row[name] === "string") return row[name];
      throw new IndicatorError(
        "malformed-data",
        `expected text as ${name}, got ${JSON.stringify(row[name])}`,
        place,
      );
    };
    return {
      alias: word("alias"),
      task: word("task_id"),
      family: word("task_family"),
      minutes: number("human_minutes", row.human_minutes),
      score: number(this.#score, score),
      isHacked: row.reward_hacking === true || row.reward_hacking === 1,
      isEstimated: row.human_source === "estimate",
      ...releaseOf(row),
      ...keyOf(row, text),
    };
  }
}

function objectIn(text: string, place: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No JSON is told below as other JSON is, with its place.
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new IndicatorError(
    "malformed-data",
    "expected a JSON object in a line, got something else",
    place,
  );
}

function releaseOf(row: Record<string, unknown>): { released?: string } {
  const value = row.released ?? row.release_date;
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? { released: value } : {};
}

/** Without a name of its own, a run is told apart by its whole line, where that has the times of the run; else each line counts. */
function keyOf(row: Record<string, unknown>, text: string): { key?: string } {
  if (typeof row.run_id === "string" || typeof row.run_id === "number")
    return { key: `run_id ${row.run_id}` };
  return row.started_at !== undefined && row.completed_at !== undefined ? { key: text } : {};
}
