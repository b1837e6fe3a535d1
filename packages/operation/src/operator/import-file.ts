import {
  acceleratorSeconds,
  EvidenceError,
  FeedMap,
  parseMlperfPower,
  QUANTITIES,
  Receiver,
  type Samples,
} from "@standstill/evidence";
import { type FieldMap, readActivityLog } from "@standstill/evidence/activity";
import { readBytes, readText } from "@standstill/evidence/bundle";
import {
  ACCOUNTING_FORMATS,
  type AccountingFormat,
  isAccountingFormat,
  READING_FORMATS,
  type ReadingFormat,
  readAccounting,
  readFileInto,
  type TableMap,
  textOfFile,
} from "@standstill/evidence/formats";
import {
  ActivityFiles,
  acceptReadings,
  JobFile,
  type Telemetry,
} from "@standstill/evidence/telemetry";
import { type Described, describeActivity, describeReadings } from "./described-file.ts";

/** Formats of files that data centres emit. */
export const IMPORT_FORMATS = [
  "mlperf-power",
  ...ACCOUNTING_FORMATS,
  "activity-log",
  ...READING_FORMATS,
] as const;

/** One of those formats. */
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** How files are read, and where what is in them is kept. */
export interface Import {
  readonly format: ImportFormat;
  /** mlperf-power: only this run. */
  readonly run: string | undefined;
  /** How a log of another system fits. */
  readonly fields: FieldMap | undefined;
  /** How a table fits. */
  readonly columns: TableMap | undefined;
  /** Where it is kept; nowhere where absent. */
  readonly kept: Kept | undefined;
}

/** A site's telemetry on this machine. */
export interface Kept {
  readonly directory: string;
  readonly site: string;
  readonly telemetry: Telemetry;
}

/** Name of the feed that files are of: the operator hands them in. */
const FEED = "operator";
/** Readings that are held in memory before they are kept. */
const READINGS_AT_ONCE = 1_000_000;

/**
 * Reads a file, keeps what is in it where that was asked, and tells what it is.
 *
 * @throws EvidenceError with the file and the line, for what is not in the format
 */
export async function importFile(file: string, how: Import): Promise<Described> {
  try {
    return await read(file, how);
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.place === file) throw error;
    throw new EvidenceError(error.code, error.message, {
      place: `${file}${error.place === undefined ? "" : `, ${error.place}`}`,
    });
  }
}

function read(file: string, how: Import): Promise<Described> {
  const { format } = how;
  if (isAccountingFormat(format)) return importJobs(file, format, how);
  if (format === "activity-log") return importActivity(file, how);
  if (format === "mlperf-power") return importPower(file, how);
  return importReadings(file, format, how);
}

async function importJobs(
  file: string,
  format: AccountingFormat,
  { kept }: Import,
): Promise<Described> {
  const jobs = readAccounting(format, await readText(file));
  const told = { jobs: jobs.length, acceleratorSeconds: acceleratorSeconds(jobs) };
  if (kept === undefined) return told;
  const store = await JobFile.open(kept.directory, kept.site);
  return { ...told, kept: await store.accept(jobs) };
}

async function importActivity(file: string, { fields, kept }: Import): Promise<Described> {
  const bytes = await readBytes(file);
  const log =
    kept === undefined
      ? readActivityLog(textOfFile(bytes), fields)
      : await new ActivityFiles(kept.directory, kept.site).accept(bytes, fields);
  return { ...describeActivity(log), kept: kept !== undefined };
}

async function importPower(file: string, { run, kept }: Import): Promise<Described> {
  const options = run === undefined ? {} : { run };
  const readings = parseMlperfPower(await readText(file), options);
  if (kept !== undefined) await acceptReadings(kept.telemetry, kept.site, FEED, readings);
  return describeReadings(readings, kept !== undefined);
}

async function importReadings(
  file: string,
  format: ReadingFormat,
  { columns, kept }: Import,
): Promise<Described> {
  const telemetry = kept?.telemetry;
  const receiver = new Receiver(kept?.site ?? "unnamed", FEED, new FeedMap(), telemetry?.table);
  const totals = new Map<string, number>();
  let readings = 0;
  // A piece at a time: a long file would not fit as a whole, and one that is read twice counts once.
  const keep = async () => {
    const samples = receiver.take();
    readings += samples.series.length;
    addTotals(totals, samples, receiver);
    if (telemetry?.isBusy) await telemetry.flushed();
    await telemetry?.accept(samples);
  };
  const rows = await readFileInto(receiver, format, await readBytes(file), {
    atMs: Date.now(),
    map: columns,
    pause: async () => (receiver.length < READINGS_AT_ONCE ? undefined : keep()),
  });
  await keep();
  const { unwanted, quarantine } = receiver;
  return {
    rows,
    readings,
    ...Object.fromEntries(totals),
    unwanted,
    setAside: quarantine.count,
    ...(quarantine.count === 0 ? {} : { reasons: quarantine.reasons }),
    kept: telemetry !== undefined,
  };
}

/** Amounts are added up; of other quantities their number is told. */
function addTotals(totals: Map<string, number>, samples: Samples, { table }: Receiver): void {
  for (const [i, number] of samples.series.entries()) {
    const quantity = table.get(number)?.quantity;
    if (quantity === undefined) continue;
    const isAmount = QUANTITIES[quantity].kind === "amount";
    totals.set(quantity, (totals.get(quantity) ?? 0) + (isAmount ? (samples.values[i] ?? 0) : 1));
  }
}
