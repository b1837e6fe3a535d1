import { join } from "node:path";
import { openTelemetry, type Telemetry } from "@standstill/evidence/telemetry";
import {
  type Described,
  IMPORT_FORMATS as FORMATS,
  type Import,
  importFile,
} from "@standstill/operation/files";
import { RecordError } from "@standstill/record";
import { MonitorClient } from "@standstill/server";
import { defineCommand } from "../../command/define.ts";
import { file, oneOf, path, text } from "../../command/format.ts";
import { needed, optional, some } from "../../command/input.ts";
import { yamlOf } from "../../named-file.ts";
import { UsageError } from "../../output.ts";
import { giveToMonitor } from "./at-monitor.ts";
import { describedLines } from "./described-lines.ts";
import { fieldMapOf, tableMapOf } from "./maps.ts";

/** `standstill import`: reads files, tells what is in them, and with --data and --site keeps the readings. */
export const command = defineCommand({
  summary: "Read files that data centres emit, and tell what is in them",
  arguments: { files: some("<files>", "the files; .gz is unpacked", path) },
  options: {
    format: needed("<format>", `format of the files: ${FORMATS.join(", ")}`, oneOf(FORMATS)),
    run: optional("<id>", "mlperf-power: only this run", text),
    data: optional("<dir>", "keep the readings in this data directory", path),
    site: optional("<name>", "the site that they belong to", text),
    map: optional("<file>", "how a table, or a log of another system, fits: YAML", file),
  },
  examples: [
    "standstill import --format slurm data/slurm/sacct.json",
    "standstill import --format inference-requests data/azure/AzureLLMInferenceTrace_code.csv.gz",
    "standstill import --format mlperf-power data/mlperf/smc_h100_training_node_power.csv.gz --json",
  ],
  action: async ({ files, format, run, data, site, map: mapFile }, terminal) => {
    const map = mapFile === undefined ? undefined : await yamlOf(mapFile);
    const isLog = format === "activity-log";
    const fields = isLog ? fieldMapOf(map) : undefined;
    const how = { format, run, fields, columns: isLog ? undefined : tableMapOf(map) };
    const told =
      data === undefined && site === undefined
        ? await inOrder(files, { ...how, kept: undefined })
        : await importInto(placeOf(data, site), files, how);
    terminal.answer({ format, files: told }, () => told.map(describedLines).join("\n\n"));
    return "ok";
  },
});

interface Place {
  readonly directory: string;
  readonly site: string;
}

function placeOf(data: string | undefined, site: string | undefined): Place {
  if (data !== undefined && site !== undefined) return { directory: join(data, "telemetry"), site };
  throw new UsageError(
    "expected --data and --site together, got one of them",
    "Give both to keep the readings, or neither to look only.",
  );
}

/** Keeps files in a directory, or gives them to the monitor that has it. */
async function importInto(
  { directory, site }: Place,
  files: readonly string[],
  how: Omit<Import, "kept">,
): Promise<Described[]> {
  const owner = await openOrFind(directory);
  if (owner instanceof MonitorClient) {
    const { format, fields, columns } = how;
    return giveToMonitor(owner, files, { site, format, map: fields ?? columns });
  }
  try {
    return await inOrder(files, { ...how, kept: { directory, site, telemetry: owner } });
  } finally {
    await owner.close();
  }
}

/** The telemetry of a directory, or the monitor that has it: one process owns a directory. */
async function openOrFind(directory: string): Promise<Telemetry | MonitorClient> {
  try {
    return await openTelemetry(directory);
  } catch (error) {
    if (!(error instanceof RecordError) || error.code !== "store-locked") throw error;
    const monitor = await MonitorClient.of(directory);
    if (monitor === undefined) throw error;
    return monitor;
  }
}

/** Files one after the other: each may need much memory. */
async function inOrder(files: readonly string[], how: Import): Promise<Described[]> {
  const told: Described[] = [];
  for (const file of files) told.push({ file, ...(await importFile(file, how)) });
  return told;
}
