import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import {
  type Horizon,
  horizonFindings,
  horizonsOf,
  IndicatorError,
  MetrRuns,
  type RewardHackingPolicy,
  RunColumns,
  type ScoreField,
  type TaskWeights,
  takeInspectLog,
} from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { z } from "zod";
import { EXIT } from "../../exit-codes.ts";
import { readNamed, readUnpacked, schemaIn } from "../../files.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import { inspectArchive } from "./inspect-archive.ts";

/** Options of `standstill indicators horizon`. */
export interface HorizonOptions {
  readonly runs: readonly string[];
  readonly penalty: number;
  readonly weights: TaskWeights;
  readonly bootstrap: number;
  readonly seed: number;
  readonly rewardHacking?: RewardHackingPolicy;
  readonly score: ScoreField;
  readonly scorer?: string;
  readonly releases?: string;
  readonly json: boolean;
}

/** Beyond this, METR holds horizons by its suite for unreliable (2026). */
const SUITE_LIMIT_MINUTES = 960;
const releasesSchema = z.record(
  z.string().max(300),
  z.string().regex(/^\d{4}-\d\d-\d\d$/, "expected a day as 2026-02-05"),
);

/** `standstill indicators horizon`: how long tasks are that models do, from runs of an evaluation. */
export async function horizonCommand(options: HorizonOptions, terminal: Terminal): Promise<number> {
  if (options.runs.length === 0) {
    throw new UsageError(
      "expected --runs with a file, got none",
      "Give runs.jsonl as METR publishes it, or a log of Inspect.",
    );
  }
  const columns = new RunColumns();
  for (const path of options.runs) await takeFile(path, columns, options);
  const runs = columns.end();
  const { penalty, weights, rewardHacking, bootstrap: replicates, seed } = options;
  if (replicates > 0) terminal.err(`Resampling ${replicates} times`);
  const bootstrap = replicates > 0 ? { replicates, seed } : undefined;
  const measured = horizonsOf(runs, { penalty, weights, rewardHacking, bootstrap });
  const horizons = await withReleases(measured, options.releases);
  const method = {
    name: "metr-task-horizon",
    version: 1,
    penalty,
    weights,
    score: options.score,
    rewardHacking: rewardHacking ?? "no-runs-marked",
    bootstrap: bootstrap ?? null,
  };
  const { duplicates, estimatedTasks, tasks } = runs;
  terminal.out(
    options.json
      ? json({
          method,
          runs: runs.count,
          tasks: tasks.length,
          duplicates,
          estimatedTasks,
          horizons,
          indicators: horizonFindings(measured, SUITE_LIMIT_MINUTES),
        })
      : describe(horizons, runs.duplicates),
  );
  return EXIT.ok;
}

async function takeFile(path: string, columns: RunColumns, options: HorizonOptions): Promise<void> {
  if (path.endsWith(".eval")) {
    const log = await inspectArchive(Buffer.from(await readNamed(path, "--runs")), path);
    takeInspectLog(log, columns, path, options.scorer);
    return;
  }
  if (/\.json(\.gz)?$/.test(path)) {
    takeInspectLog(textOf(await readUnpacked(path)), columns, path, options.scorer);
    return;
  }
  const reader = new MetrRuns(options.score, columns);
  const file = createReadStream(path);
  const stream = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  const failed = new Promise<never>((_resolve, reject) => {
    for (const one of new Set([file, stream])) {
      one.once("error", () =>
        reject(
          new UsageError(
            `expected a file of runs, got ${path}, which cannot be read`,
            "Give --runs the path of a file.",
          ),
        ),
      );
    }
  });
  const read = async () => {
    for await (const line of createInterface({
      input: stream,
      crlfDelay: Number.POSITIVE_INFINITY,
    }))
      inFileOf(path, () => reader.line(line));
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

async function withReleases(
  horizons: readonly Horizon[],
  path: string | undefined,
): Promise<readonly Horizon[]> {
  if (path === undefined) return horizons;
  const releases = await schemaIn(
    ...([path, "--releases", releasesSchema, "days by model"] as const),
    "Write a line `model: 2026-02-05` for each model.",
  );
  return horizons.map((one) => ({ ...one, released: releases[one.alias] ?? one.released }));
}

const REASONS: Readonly<Record<NonNullable<Horizon["reason"]>, string>> = {
  "no-runs": "no runs",
  "no-success": "no run succeeded; shorter tasks are needed",
  "no-failure": "no run failed; longer tasks are needed",
  "one-length": "all tasks take the same time",
  parted: "success turns to failure at once",
  "does-not-fall": "success does not fall with length",
};

function describe(horizons: readonly Horizon[], duplicates: number): string {
  const rows = horizons.map((one) => [
    ...[
      one.alias,
      String(one.runs),
      `${minutes(one.p50Minutes)}${one.extrapolated?.p50 ? " *" : ""}`,
    ],
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

/** Human time, as people say it. */
export function minutes(value: number | null): string {
  if (value === null) return "–";
  if (value < 1) return `${(value * 60).toPrecision(2)} s`;
  if (value < 120) return `${value.toPrecision(3)} min`;
  return `${(value / 60).toPrecision(3)} h`;
}
