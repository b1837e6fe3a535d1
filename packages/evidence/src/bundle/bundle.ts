import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { normalizeQuantity, reasonOf } from "@standstill/record";
import { parse } from "yaml";
import { z } from "zod";
import { EvidenceError } from "../error.ts";
import type { Job } from "../formats/accounting/jobs.ts";
import { parseSlurm } from "../formats/accounting/slurm.ts";
import { READING_FORMATS, readFileInto, tableMapSchema } from "../formats/index.ts";
import { parseMlperfPower } from "../formats/mlperf-power.ts";
import type { ActivityLogFile } from "../sealing/site-evidence.ts";
import { type MeasurementReport, measurementSchema } from "../statements/measurement.ts";
import { type Run, runSchema } from "../statements/run.ts";
import { type Site, siteSchema } from "../statements/site.ts";
import { FeedMap } from "../telemetry/feeds/feed-map.ts";
import { Receiver } from "../telemetry/feeds/receiver.ts";
import type { Readings } from "../telemetry/readings/readings.ts";
import { type CounterReadings, nodePowerIn } from "./counters-of.ts";

/** What the operator of a site keeps for one period: its declarations, and its readings as they were recorded. */
export interface Bundle {
  readonly party: string;
  readonly site: Site;
  readonly period: { readonly start: string; readonly end: string };
  readonly runs: readonly Run[];
  readonly readings: readonly Readings[];
  readonly jobs: readonly Job[] | undefined;
  readonly counters: CounterReadings | undefined;
  readonly logs: readonly ActivityLogFile[];
  readonly measurements: readonly { readonly by: string; readonly body: MeasurementReport }[];
}

const MAX_FILE_BYTES = 256 << 20;

const bundleSchema = z.strictObject({
  party: z.string(),
  site: z.string(),
  title: z.string(),
  replayed: z.string().optional(),
  place: siteSchema.shape.place,
  provider: siteSchema.shape.provider,
  /** So many nodes that are numbered, or the nodes by name. */
  nodes: z.union([
    z.strictObject({
      first: z.int().min(0),
      count: z.int().min(1).max(600),
      accelerator: z.string(),
      accelerators: z.int().min(1),
    }),
    z.strictObject({
      devices: z.array(z.string()).min(1).max(600),
      accelerator: z.string(),
      accelerators: z.int().min(1),
    }),
  ]),
  period: z.strictObject({ start: z.string(), end: z.string() }),
  feeds: z.array(
    z.discriminatedUnion("format", [
      z.strictObject({
        kind: z.literal("node-power"),
        format: z.literal("mlperf-power"),
        file: z.string(),
        run: z.string(),
      }),
      z.strictObject({
        kind: z.literal("accounting"),
        format: z.literal("slurm"),
        file: z.string(),
      }),
      /** What its accelerators did, a line of JSON for each device and window. */
      z.strictObject({
        kind: z.literal("activity-log"),
        format: z.literal("jsonl"),
        file: z.string(),
      }),
      /** Any file of readings: counters, and the power of nodes where it has that too. */
      z.strictObject({
        kind: z.literal("counters"),
        format: z.enum(READING_FORMATS),
        file: z.string(),
        map: tableMapSchema.optional(),
      }),
    ]),
  ),
  /** What others measured, and by whom; of this site and its period where that is not said. */
  measurements: z
    .array(z.looseObject({ by: z.string() }))
    .max(1000)
    .optional(),
  runs: z.array(z.record(z.string(), z.unknown())),
});

/**
 * Reads `bundle.yaml` of a directory and the files it names. Runs that name no nodes or period take the site's. Files
 * ending in `.gz` are unpacked.
 */
export async function readBundle(directory: string): Promise<Bundle> {
  const path = join(directory, "bundle.yaml");
  const parsed = bundleSchema.safeParse(parseYaml(await readText(path), path));
  if (!parsed.success) throw malformed(path, parsed.error);
  const { party, site, title, replayed, place, provider, nodes: plan, period, feeds } = parsed.data;
  const names =
    "devices" in plan
      ? plan.devices
      : Array.from(
          { length: plan.count },
          (_, i) => `node-${String(plan.first + i).padStart(2, "0")}`,
        );
  const nodes = names.map((device) => ({
    device,
    accelerator: plan.accelerator,
    accelerators: plan.accelerators,
  }));
  const readings: Readings[] = [];
  const logs: ActivityLogFile[] = [];
  let jobs: Job[] | undefined;
  const receiver = new Receiver(site, "operator", new FeedMap());
  for (const feed of feeds) {
    const file = resolve(dirname(path), feed.file);
    try {
      if (feed.kind === "counters") {
        const { format, map } = feed;
        await readFileInto(receiver, format, await readBytes(file), {
          atMs: Date.parse(period.start),
          map,
        });
      } else if (feed.kind === "activity-log")
        logs.push({ name: feed.file, content: await readBytes(file) });
      else if (feed.kind === "accounting")
        jobs = [...(jobs ?? []), ...parseSlurm(await readText(file))];
      else readings.push(parseMlperfPower(await readText(file), { run: feed.run }));
    } catch (error) {
      if (!(error instanceof EvidenceError)) throw error;
      if (error.place === file) throw error;
      throw new EvidenceError(error.code, error.message, {
        place: `${file}, ${error.place ?? "whole file"}`,
        cause: error,
      });
    }
  }
  const counters =
    receiver.length === 0 ? undefined : { table: receiver.table, samples: receiver.take() };
  const power = counters === undefined ? undefined : nodePowerIn(counters, new Set(names));
  if (power !== undefined) readings.push(power);
  const runs = parsed.data.runs.map((run) => {
    const whole = runSchema.safeParse(
      withAmounts({ site, nodes: nodes.map((node) => node.device), period, ...run }),
    );
    if (!whole.success) throw malformed(`${path}, run ${String(run.run)}`, whole.error);
    return whole.data;
  });
  const measurements = (parsed.data.measurements ?? []).map(({ by, ...body }, i) => {
    const whole = measurementSchema.safeParse(withAmounts({ of: site, period, ...body }));
    if (!whole.success) throw malformed(`${path}, measurement ${i + 1}`, whole.error);
    return { by, body: whole.data };
  });
  return {
    party,
    site: {
      site,
      title,
      nodes,
      ...(replayed === undefined ? {} : { replayed }),
      ...(place === undefined ? {} : { place }),
      ...(provider === undefined ? {} : { provider }),
    },
    period,
    runs,
    readings,
    jobs,
    counters,
    logs,
    measurements,
  };
}

/** Text of a file, unpacked where its name ends in `.gz`. */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected UTF-8 text, got something else", {
      place: path,
      cause,
    });
  }
}

/** Content of a file, unpacked where its name ends in `.gz`. @throws EvidenceError `malformed-file` for what cannot be read or unpacked */
export async function readBytes(path: string): Promise<Uint8Array> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected a file that can be read, got none", {
      place: path,
      cause,
    });
  }
  if (!path.endsWith(".gz") && !isPacked(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES });
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      `expected gzip of at most ${MAX_FILE_BYTES} bytes, got something else`,
      { place: path, cause },
    );
  }
}

/** Whether bytes begin as gzip does, whatever their file is called. */
function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function parseYaml(text: string, place: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, schema: "core" });
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      `expected YAML, got: ${reasonOf(cause).split("\n")[0]}`,
      {
        place,
        cause,
      },
    );
  }
}

function withAmounts(value: unknown): unknown {
  if (typeof value === "string") return normalizeQuantity(value);
  if (Array.isArray(value)) return value.map(withAmounts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAmounts(item)]));
}

function malformed(place: string, error: z.ZodError): EvidenceError {
  const issue = error.issues[0];
  return new EvidenceError(
    "malformed-file",
    `${issue?.path.join(".") ?? "the file"}: ${issue?.message}`,
    { place },
  );
}
