import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  acceleratorSeconds,
  EvidenceError,
  energyMillijoules,
  FeedMap,
  parseKueue,
  parseMlperfPower,
  parseSlurm,
  QUANTITIES,
  type Quantity,
  type Readings,
  Receiver,
  type Samples,
} from "@standstill/evidence";
import {
  type ActivityLog,
  type FieldMap,
  fieldMapSchema,
  readActivityLog,
} from "@standstill/evidence/activity";
import { readText } from "@standstill/evidence/bundle";
import {
  READING_FORMATS,
  type ReadingFormat,
  readFileInto,
  type TableMap,
  tableMapSchema,
  textOfFile,
} from "@standstill/evidence/formats";
import {
  ActivityFiles,
  acceptReadings,
  JobFile,
  openTelemetry,
  type Telemetry,
} from "@standstill/evidence/telemetry";
import { RecordError } from "@standstill/record";
import { EXIT } from "../exit-codes.ts";
import { readUnpacked, yamlIn } from "../files.ts";
import { json, type Terminal, UsageError } from "../output.ts";
import { monitorAddressPath } from "./monitor.ts";

/** Formats that `standstill import` takes in. */
export const FORMATS = [
  "mlperf-power",
  "slurm",
  "kueue",
  "activity-log",
  ...READING_FORMATS,
] as const;
/** One of those formats. */
export type Format = (typeof FORMATS)[number];

/** Options of `standstill import`. */
export interface ImportOptions {
  readonly format: Format;
  readonly run?: string;
  readonly site?: string;
  readonly data?: string;
  /** File that says how a table or a log of another system fits. */
  readonly map?: string;
  readonly json: boolean;
}

const LONGEST_STEP_MS = 60_000;
const FEED = "operator";
const READINGS_AT_ONCE = 1_000_000;

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
  const map = options.map === undefined ? undefined : await yamlIn(options.map, "--map");
  const place = options.data === undefined ? undefined : join(options.data, "telemetry");
  const owner = place === undefined ? undefined : await openOrFind(place);
  const isRemote = typeof owner === "string";
  const told = isRemote ? await sendFiles(files, options, map, owner) : [];
  const telemetry = isRemote ? undefined : owner;
  try {
    for (const file of isRemote ? [] : files) {
      told.push({ file, ...(await importFile(file, options, map, telemetry, place)) });
    }
  } finally {
    await telemetry?.close();
  }
  terminal.out(
    options.json ? json({ format: options.format, files: told }) : told.map(lines).join("\n\n"),
  );
  return EXIT.ok;
}

/** The telemetry of a directory, or the address of the monitor that has it: one process owns a directory. */
async function openOrFind(directory: string): Promise<Telemetry | string> {
  try {
    return await openTelemetry(directory);
  } catch (error) {
    if (!(error instanceof RecordError) || error.code !== "store-locked") throw error;
    const address = await readFile(monitorAddressPath(directory), "utf8").catch(() => undefined);
    if (address !== undefined) return address;
    throw error;
  }
}

/** Gives files to a monitor that runs on the directory. */
async function sendFiles(
  files: readonly string[],
  { format, site }: ImportOptions,
  map: unknown,
  address: string,
): Promise<Record<string, unknown>[]> {
  const status = await fetch(`${address}api/status`).then(
    async (response) => (await response.json()) as { readonly site: string },
    () => undefined,
  );
  if (status === undefined) {
    throw new UsageError(
      `expected the monitor at ${address} to answer, got nothing, though a process has the directory`,
      "Wait until that process is ready, or stop it and run the command again.",
    );
  }
  if (status.site !== site) {
    throw new UsageError(
      `expected files for ${status.site}, whose monitor runs on that directory, got some for ${site}`,
      "Name that site with --site, or another directory with --data.",
    );
  }
  const isActivity = format === "activity-log";
  const checked = isActivity ? fieldMapOf(map) : tableMapOf(map);
  const asked = new URLSearchParams({ format });
  if (checked !== undefined) asked.set("map", JSON.stringify(checked));
  const told: Record<string, unknown>[] = [];
  for (const file of files) {
    const body = await readUnpacked(file);
    const response = await fetch(`${address}api/import?${asked}`, {
      method: "POST",
      body: body as Uint8Array<ArrayBuffer>,
    });
    const answer = await response.text();
    if (!response.ok) {
      throw new UsageError(
        `expected the monitor at ${address} to take ${file} in, got ${response.status}: ${answer.trim()}`,
        "Stop the monitor and run the command again, or mend the file.",
      );
    }
    told.push({ file, monitor: address, ...(JSON.parse(answer) as object) });
  }
  return told;
}

async function importFile(
  file: string,
  options: ImportOptions,
  map: unknown,
  telemetry: Telemetry | undefined,
  place: string | undefined,
): Promise<Record<string, unknown>> {
  const { format, site } = options;
  try {
    if (format === "slurm" || format === "kueue") {
      const text = await readText(file);
      const jobs = format === "slurm" ? parseSlurm(text) : parseKueue(text);
      const kept =
        place === undefined || site === undefined
          ? undefined
          : await (await JobFile.open(place, site)).accept(jobs);
      const told = { jobs: jobs.length, acceleratorSeconds: acceleratorSeconds(jobs) };
      return kept === undefined ? told : { ...told, kept };
    }
    if (format === "activity-log") {
      const bytes = await readUnpacked(file);
      const fields = fieldMapOf(map);
      const log =
        place === undefined || site === undefined
          ? readActivityLog(textOfFile(bytes), fields)
          : await new ActivityFiles(place, site).accept(bytes, fields);
      return { ...describeActivity(log), kept: place !== undefined };
    }
    if (format === "mlperf-power") {
      const run = options.run === undefined ? {} : { run: options.run };
      const readings = parseMlperfPower(await readText(file), run);
      if (telemetry !== undefined && site !== undefined) {
        await acceptReadings(telemetry, site, FEED, readings);
      }
      return describeReadings(readings, telemetry !== undefined);
    }
    return await importReadings(file, format, site ?? "unnamed", tableMapOf(map), telemetry);
  } catch (error) {
    if (error instanceof EvidenceError && error.place !== file) {
      throw new EvidenceError(error.code, error.message, {
        place: `${file}${error.place === undefined ? "" : `, ${error.place}`}`,
      });
    }
    throw error;
  }
}

async function importReadings(
  file: string,
  format: ReadingFormat,
  site: string,
  map: TableMap | undefined,
  telemetry: Telemetry | undefined,
): Promise<Record<string, unknown>> {
  const receiver = new Receiver(site, FEED, new FeedMap(), telemetry?.table);
  const totals = new Map<Quantity, number>();
  let readings = 0;
  // A piece at a time: a long file would not fit as a whole, and one that is read twice counts once.
  const keep = async () => {
    const samples = receiver.take();
    readings += samples.series.length;
    addTotals(totals, samples, receiver);
    if (telemetry?.isBusy) await telemetry.flushed();
    await telemetry?.accept(samples);
  };
  const rows = await readFileInto(receiver, format, await readUnpacked(file), {
    atMs: Date.now(),
    map,
    pause: async () => (receiver.length < READINGS_AT_ONCE ? undefined : keep()),
  });
  await keep();
  return {
    rows,
    readings,
    ...Object.fromEntries(totals),
    unwanted: receiver.unwanted,
    setAside: receiver.quarantine.count,
    ...(receiver.quarantine.count === 0 ? {} : { reasons: receiver.quarantine.reasons }),
    kept: telemetry !== undefined,
  };
}

function fieldMapOf(map: unknown): FieldMap | undefined {
  if (map === undefined) return undefined;
  const parsed = fieldMapSchema.safeParse(map);
  if (parsed.success) return parsed.data as FieldMap;
  const issue = parsed.error.issues[0];
  throw new UsageError(
    `expected a map from our names of fields to theirs, got: ${issue?.path.join(".")}: ${issue?.message}`,
    "See docs/monitor.md for what a map looks like.",
  );
}

function tableMapOf(map: unknown): TableMap | undefined {
  if (map === undefined) return undefined;
  const parsed = tableMapSchema.safeParse(map);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UsageError(
    `expected a map of a table, got: ${issue?.path.join(".")}: ${issue?.message}`,
    "See docs/monitor.md for what a map looks like.",
  );
}

/** Amounts are added up; of other quantities their number is told. */
function addTotals(totals: Map<Quantity, number>, samples: Samples, receiver: Receiver): void {
  for (const [i, number] of samples.series.entries()) {
    const quantity = receiver.table.get(number)?.quantity as Quantity;
    const isAmount = QUANTITIES[quantity].kind === "amount";
    const more = isAmount ? (samples.values[i] as number) : 1;
    totals.set(quantity, (totals.get(quantity) ?? 0) + more);
  }
}

function describeActivity({ records, setAside, brokenAt }: ActivityLog): Record<string, unknown> {
  const seconds = new Map<string, number>();
  let flop = 0n;
  for (const { activity, start, end, flop: more = "0" } of records) {
    const lasted = (Date.parse(end) - Date.parse(start)) / 1000;
    seconds.set(activity, (seconds.get(activity) ?? 0) + lasted);
    flop += BigInt(more);
  }
  return {
    records: records.length,
    devices: new Set(records.map(({ device }) => device)).size,
    workloads: new Set(records.map(({ workload }) => workload)).size,
    ...Object.fromEntries([...seconds].map(([activity, sum]) => [`${activity}Seconds`, sum])),
    flop: String(flop),
    setAside: setAside.length,
    ...(setAside[0] === undefined
      ? {}
      : { firstSetAside: `line ${setAside[0].line}: ${setAside[0].reason}` }),
    ...(brokenAt.length === 0 ? {} : { chainBrokenAtLine: brokenAt[0] }),
  };
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
    .map(([key, value]) => {
      const told =
        typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
      return `${key.padEnd(width)}  ${told}`;
    })
    .join("\n");
}
