import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import {
  type Horizon,
  type HorizonMeasurement,
  IndicatorError,
  inspectArchive,
  MetrRuns,
  measureHorizons,
  parseInspectLog,
  REWARD_HACKING_POLICIES,
  RunColumns,
  type ScoreField,
  TASK_WEIGHTS,
  type TaskWeights,
  takeInspectLog,
} from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { z } from "zod";
import { defineCommand } from "../../command/define.ts";
import {
  amount,
  count,
  type Format,
  file,
  type NamedFile,
  oneOf,
  text,
  whole,
} from "../../command/format.ts";
import { optional, some, usual } from "../../command/input.ts";
import { bytesOf, contentAs, unpackedBytesOf } from "../../named-file.ts";
import { table } from "../../output.ts";
import { minutes } from "./words.ts";

/** METR's names of the weights mean the same. */
const weights: Format<TaskWeights> = {
  expected: oneOf(TASK_WEIGHTS).expected,
  read: (given, name) => oneOf(TASK_WEIGHTS).read(given.replace(/_task_weight$/, ""), name),
};

/** `standstill indicators horizon`: how long tasks are that models do, from runs of an evaluation. */
export const command = defineCommand({
  summary: "How long tasks are that models do, from runs of an evaluation",
  options: {
    runs: some(
      "<file>",
      "runs.jsonl as METR publishes it, or a log of Inspect (.eval or JSON)",
      file,
    ),
    penalty: usual(
      "<number>",
      "L2 penalty on the slope: 0.1 as of January 2026, 0 since",
      amount,
      "0",
    ),
    weights: usual("<kind>", `how much tasks weigh: ${weights.expected}`, weights, "invsqrt"),
    bootstrap: usual(
      "<number>",
      "resampled data sets for intervals; 0 for none",
      whole(0, 100_000),
      "1000",
    ),
    seed: usual("<number>", "seed of the resampling", count, "42"),
    rewardHacking: optional(
      "<policy>",
      `what runs count that are marked as reward hacking, ${oneOf(REWARD_HACKING_POLICIES).expected}; must be given where there are any`,
      oneOf(REWARD_HACKING_POLICIES),
    ),
    score: usual(
      "<field>",
      "which score counts: score_binarized or score_cont",
      oneOf(["score_binarized", "score_cont"]),
      "score_binarized",
    ),
    scorer: optional("<name>", "which scorer of an Inspect log counts, where it has several", text),
    releases: optional("<file>", "YAML with the day on which each model came out", file),
  },
  examples: [
    "standstill indicators horizon --runs runs.jsonl",
    "standstill indicators horizon --runs runs.jsonl --penalty 0.1 --weights equal --json > horizons.json",
    "standstill indicators horizon --runs log.json --reward-hacking fail --bootstrap 10000",
  ],
  action: async ({ runs: named, scorer, bootstrap: replicates, releases, ...how }, terminal) => {
    const columns = new RunColumns();
    for (const one of named) await takeFile(one, columns, { score: how.score, scorer });
    const runs = columns.end();
    const question = { ...how, replicates, releases: await releasesIn(releases) };
    if (replicates > 0) terminal.err(`Resampling ${replicates} times`);
    const found = measureHorizons(runs, question);
    terminal.answer(found, () => describe(found));
    return "ok";
  },
});

interface HowToRead {
  readonly score: ScoreField;
  readonly scorer: string | undefined;
}

async function takeFile(named: NamedFile, columns: RunColumns, how: HowToRead): Promise<void> {
  const { path } = named;
  if (path.endsWith(".eval")) {
    takeInspectLog(inspectArchive(await bytesOf(named), path), columns, path, how.scorer);
  } else if (/\.json(\.gz)?$/.test(path)) {
    const log = parseInspectLog(textOf(await unpackedBytesOf(named)), path);
    takeInspectLog(log, columns, path, how.scorer);
  } else await takeLines(path, new MetrRuns(how.score, columns));
}

/** Reads a file of runs line by line: there may be more of them than memory. */
async function takeLines(path: string, reader: MetrRuns): Promise<void> {
  const file = createReadStream(path);
  const stream = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  const failed = new Promise<never>((_resolve, reject) => {
    for (const one of new Set([file, stream])) one.once("error", reject);
  });
  const read = async () => {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    for await (const line of lines) inFileOf(path, () => reader.line(line));
  };
  await Promise.race([read(), failed]);
}

function inFileOf(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof IndicatorError)) throw error;
    throw new IndicatorError(error.code, error.message, `${path}, ${error.place}`);
  }
}

const releasesSchema = z.record(
  z.string().max(300),
  z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-02-05"),
);

async function releasesIn(named: NamedFile | undefined): Promise<Record<string, string>> {
  if (named === undefined) return {};
  return contentAs(
    named,
    releasesSchema,
    "days by model",
    "Write a line `model: 2026-02-05` for each model.",
  );
}

const REASONS: Readonly<Record<NonNullable<Horizon["reason"]>, string>> = {
  "no-runs": "no runs",
  "no-success": "no run succeeded; shorter tasks are needed",
  "no-failure": "no run failed; longer tasks are needed",
  "one-length": "all tasks take the same time",
  parted: "success turns to failure at once",
  "does-not-fall": "success does not fall with length",
};

function describe({ horizons, duplicates }: HorizonMeasurement): string {
  const rows = horizons.map((one) => [
    one.alias,
    String(one.runs),
    `${minutes(one.p50Minutes)}${one.extrapolated?.p50 ? " *" : ""}`,
    one.interval === null ? "" : `${minutes(one.interval.low)} to ${minutes(one.interval.high)}`,
    `${minutes(one.p80Minutes)}${one.extrapolated?.p80 ? " *" : ""}`,
    one.reason === null
      ? ""
      : `cannot say: ${REASONS[one.reason]}${one.between === null ? "" : ` (${minutes(one.between.low)} to ${minutes(one.between.high)})`}`,
  ]);
  const notes = [
    horizons.some(({ extrapolated }) => extrapolated?.p50 || extrapolated?.p80)
      ? "* beyond the tasks that were tried: the curve's guess"
      : "",
    duplicates > 0 ? `${duplicates} runs stood there twice and count once.` : "",
  ].filter((note) => note !== "");
  return [
    table(["model", "runs", "does half of tasks of", "95 % interval", "four of five", ""], rows),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ].join("\n");
}
