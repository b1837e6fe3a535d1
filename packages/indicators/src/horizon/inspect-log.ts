import { z } from "zod";
import { IndicatorError } from "../error.ts";
import type { RunColumns } from "./runs.ts";

/** Values of Inspect's letters, as its `value_to_float` gives them. */
const LETTERS: Readonly<Record<string, number>> = { C: 1, I: 0, P: 0.5, N: 0 };

const unknown = z.unknown().optional();
const sampleSchema = z.object({
  id: unknown,
  epoch: unknown,
  metadata: z.record(z.string(), z.unknown()).nullish(),
  scores: z.record(z.string(), z.object({ value: unknown })).nullish(),
});
const headerSchema = z.object({
  status: unknown,
  eval: z.object({ model: unknown, task: unknown, run_id: unknown }).optional(),
});
const logSchema = z.object({ ...headerSchema.shape, samples: z.array(sampleSchema).optional() });

/** What of a sample a run is made of. */
export type InspectSample = z.infer<typeof sampleSchema>;

/** What of an Inspect evaluation log runs are made of. */
export type InspectLog = z.infer<typeof logSchema>;

/** Reads a log as JSON, as `inspect log convert --to json` writes it. @throws IndicatorError `malformed-data` for anything else */
export function parseInspectLog(text: string, place: string): InspectLog {
  return parsed(text, logSchema, "an Inspect log", place);
}

/** Reads a log's header alone, as an archive holds it. @throws IndicatorError `malformed-data` */
export function parseInspectHeader(text: string, place: string): z.infer<typeof headerSchema> {
  return parsed(text, headerSchema, "the header of an Inspect log", place);
}

/** Reads one sample, as an archive holds it. @throws IndicatorError `malformed-data` */
export function parseInspectSample(text: string, place: string): InspectSample {
  return parsed(text, sampleSchema, "a sample of an Inspect log", place);
}

/**
 * Takes the samples of an Inspect evaluation log in as runs. The model is the alias, the sample the task. Human minutes, family and reward
 * hacking come from the sample's metadata (`human_minutes`, `task_family`, `reward_hacking`), the score from the scorer that is named, or the
 * only one.
 *
 * @throws IndicatorError where something is missing; a log that was not finished is refused
 */
export function takeInspectLog(
  { status, eval: evaluation, samples }: InspectLog,
  columns: RunColumns,
  place: string,
  scorer?: string,
): void {
  const model = evaluation?.model;
  if (typeof model !== "string" || samples === undefined)
    throw new IndicatorError(
      "missing-column",
      "expected eval.model and samples in an Inspect log",
      place,
    );
  if (status !== "success") {
    throw new IndicatorError(
      "malformed-data",
      `expected an Inspect log with the status success, got ${JSON.stringify(status)}: samples that are missing would not be missing by chance`,
      place,
    );
  }
  for (const [i, sample] of samples.entries()) {
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
        family: typeof family === "string" ? family : String(evaluation?.task ?? "inspect"),
        isHacked: sample.metadata?.reward_hacking === true,
        isEstimated: sample.metadata?.human_source === "estimate",
        key: `inspect ${evaluation?.run_id ?? place} ${task} ${sample.epoch ?? 1}`,
      },
      where,
    );
  }
}

function parsed<Value>(text: string, schema: z.ZodType<Value>, what: string, place: string): Value {
  const read = schema.safeParse(jsonIn(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new IndicatorError(
    "malformed-data",
    `expected ${what} as JSON, got ${issue?.path.join(".") || "something else"}: ${issue?.message}`,
    place,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it.
    return undefined;
  }
}

function scoreOf({ scores }: InspectSample, scorer: string | undefined, place: string): number {
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
