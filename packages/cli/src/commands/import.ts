import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  acceleratorSeconds,
  EvidenceError,
  energyMillijoules,
  FeedMap,
  Intake,
  parseMlperfPower,
  parseSlurm,
  type Readings,
  RemoteWrite,
  unpackRemoteWrite,
} from "@standstill/evidence";
import { readText } from "@standstill/evidence/bundle";
import { acceptReadings, openTelemetry } from "@standstill/evidence/store";
import { EXIT } from "../exit-codes.ts";
import { json, type Terminal, UsageError } from "../output.ts";

/** Formats that `standstill import` takes in. */
export const FORMATS = ["mlperf-power", "slurm", "prometheus-remote-write"] as const;
/** One of those formats. */
export type Format = (typeof FORMATS)[number];

/** Options of `standstill import`. */
export interface ImportOptions {
  readonly format: Format;
  readonly run?: string;
  readonly site?: string;
  readonly data?: string;
  readonly json: boolean;
}

const LONGEST_STEP_MS = 60_000;

/** `standstill import`: reads files, tells what is in them, and with --data and --site keeps the readings. */
export async function importCommand(
  files: readonly string[],
  options: ImportOptions,
  terminal: Terminal,
): Promise<number> {
  if ((options.data === undefined) !== (options.site === undefined)) {
    throw new UsageError(
      "expected --data and --site together, got one of them",
      "Give both to keep the readings, or neither to look only.",
    );
  }
  const told: Record<string, unknown>[] = [];
  for (const file of files) told.push({ file, ...(await importFile(file, options)) });
  terminal.out(
    options.json ? json({ format: options.format, files: told }) : told.map(lines).join("\n\n"),
  );
  return EXIT.ok;
}

async function importFile(file: string, options: ImportOptions): Promise<Record<string, unknown>> {
  try {
    if (options.format === "slurm") {
      const jobs = parseSlurm(await readText(file));
      return { jobs: jobs.length, acceleratorSeconds: acceleratorSeconds(jobs) };
    }
    if (options.format === "prometheus-remote-write") {
      const intake = new Intake(options.site ?? "unnamed", "operator", new FeedMap());
      const body = unpackRemoteWrite(new Uint8Array(await readFile(file)));
      const { samples, metadata } = new RemoteWrite(intake).decode1(body);
      return {
        samples,
        taken: intake.length,
        unwanted: intake.unwanted,
        metadataFamilies: metadata,
      };
    }
    const readings = parseMlperfPower(
      await readText(file),
      options.run === undefined ? {} : { run: options.run },
    );
    if (options.data !== undefined && options.site !== undefined)
      await keep(options.data, options.site, readings);
    return describeReadings(readings, options.data !== undefined);
  } catch (error) {
    if (error instanceof EvidenceError && error.place !== file) {
      throw new EvidenceError(error.code, error.message, {
        place: `${file}${error.place === undefined ? "" : `, ${error.place}`}`,
      });
    }
    throw error;
  }
}

async function keep(data: string, site: string, readings: Readings): Promise<void> {
  const telemetry = await openTelemetry(join(data, "telemetry"));
  try {
    await acceptReadings(telemetry, site, "operator", readings);
  } finally {
    await telemetry.close();
  }
}

function describeReadings(readings: Readings, kept: boolean): Record<string, unknown> {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of readings.timeMs) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const hasReadings = readings.timeMs.length > 0;
  const period = { startMs: first, endMs: last + 1 };
  return {
    readings: readings.timeMs.length,
    devices: readings.devices.length,
    first: hasReadings ? new Date(first).toISOString() : null,
    last: hasReadings ? new Date(last).toISOString() : null,
    energyJoules: hasReadings
      ? Math.round(energyMillijoules(readings, period, LONGEST_STEP_MS) / 1000)
      : 0,
    setAside: readings.quarantined.count,
    ...(readings.quarantined.first === undefined
      ? {}
      : { firstSetAside: readings.quarantined.first }),
    kept,
  };
}

function lines(values: Record<string, unknown>): string {
  const width = Math.max(...Object.keys(values).map((key) => key.length));
  return Object.entries(values)
    .map(([key, value]) => `${key.padEnd(width)}  ${String(value)}`)
    .join("\n");
}
