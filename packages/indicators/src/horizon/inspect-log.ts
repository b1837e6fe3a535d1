import { IndicatorError } from "../error.ts";
import type { RunColumns } from "./runs.ts";

/** Values of Inspect's letters, as its `value_to_float` gives them. */
const LETTERS: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };

interface Sample {
  readonly id?: unknown;
  readonly epoch?: unknown;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly scores?: Readonly<Record<string, { readonly value?: unknown }>> | null;
}

/**
 * Takes the samples of an Inspect evaluation log in as runs: JSON, as `inspect log convert --to json` writes it. The model is
 * the alias, the sample the task. Human minutes, family and reward hacking come from the sample's metadata (`human_minutes`, `task_family`,
 * `reward_hacking`), the score from the scorer that is named, or the only one.
 *
 * @throws IndicatorError where something is missing; a log that was not finished is refused
 */
export function takeInspectLog(
  text: string,
  columns: RunColumns,
  place: string,
  scorer?: string,
): void {
  const log = logIn(text, place);
  const model = log.eval?.model;
  if (typeof model !== "string" || !Array.isArray(log.samples))
    throw new IndicatorError(
      "missing-column",
      "expected eval.model and samples in an Inspect log",
      place,
    );
  if (log.status !== "success") {
    throw new IndicatorError(
      "malformed-data",
      `expected an Inspect log with the status success, got ${JSON.stringify(log.status)}: samples that are missing would not be missing by chance`,
      place,
    );
  }
  for (const [i, sample] of (log.samples as Sample[]).entries()) {
    const where = `${place}, sample ${i + 1}`;
    const { human_minutes: minutes, task_family: family } = sample.metadata ?? {};
    if (typeof minutes !== "number")
      throw new IndicatorError(
        "missing-column",
        "expected metadata.human_minutes in each sample",
        where,
      );
    const task = String(sample.id ?? "");
    columns.add(
      {
        alias: model,
        task,
        minutes,
        score: scoreOf(sample, scorer, where),
        family: typeof family === "string" ? family : String(log.eval?.task ?? "inspect"),
        isHacked: sample.metadata?.reward_hacking === true,
        isEstimated: sample.metadata?.human_source === "estimate",
        key: `inspect ${log.eval?.run_id ?? place} ${task} ${sample.epoch ?? 1}`,
      },
      where,
    );
  }
}

interface InspectLog {
  readonly status?: unknown;
  readonly eval?: { readonly model?: unknown; readonly task?: unknown; readonly run_id?: unknown };
  readonly samples?: unknown;
}

function logIn(text: string, place: string): InspectLog {
  try {
    const value = JSON.parse(text) as InspectLog | null;
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Told below.
  }
  throw new IndicatorError(
    "malformed-data",
    "expected an Inspect log as JSON, got something else",
    place,
  );
}

function scoreOf({ scores }: Sample, scorer: string | undefined, place: string): number {
  const names = Object.keys(scores ?? {});
  const name = scorer ?? names[0];
  if (
    name === undefined ||
    scores?.[name] === undefined ||
    (scorer === undefined && names.length > 1)
  ) {
    throw new IndicatorError(
      "missing-column",
      `expected one score, or the scorer ${scorer ?? "named with --scorer"}, got ${names.join(", ") || "none"}`,
      place,
    );
  }
  const value = scores[name]?.value;
  const score =
    typeof value === "boolean" ? Number(value) : typeof value === "string" ? LETTERS[value] : value;
  if (typeof score === "number") return score;
  throw new IndicatorError(
    "malformed-data",
    `expected a score of C, I, P, N or a number, got ${JSON.stringify(value)}`,
    place,
  );
}
