/** Adapters for files that people export, apart from the rest: a page does not need them. */
import { EvidenceError } from "../error.ts";
import type { Intake } from "../intake/intake.ts";
import { RemoteWrite } from "../intake/remote-write.ts";
import { KNOWN_TABLES, type KnownTable } from "./known-tables.ts";
import { readMetricsText } from "./metrics-text.ts";
import { unpackRemoteWrite } from "./prometheus-remote-write.ts";
import { readRedfish } from "./redfish.ts";
import { readTable, type TableMap, tableMapSchema } from "./table.ts";
import { textOfFile } from "./text-of-file.ts";

export {
  type Accelerator,
  type Catalogue,
  PRECISIONS,
  type Precision,
  parseCatalogue,
} from "../catalogue.ts";
export {
  ACTIVITIES,
  type ActivityLog,
  type ActivityRecord,
  activityRecordSchema,
  type FieldMap,
  fieldMapSchema,
  readActivityLog,
} from "./activity-log.ts";
export {
  type Attestation,
  type AttestationRules,
  type AttestedDevice,
  checkAttestation,
} from "./attestation.ts";
export { type TimeFault, type TimeReader, timeReader } from "./local-time.ts";
export { textOfFile } from "./text-of-file.ts";
export { KNOWN_TABLES, type KnownTable, readTable, type TableMap, tableMapSchema };

/** Formats of files that hold readings. */
export const READING_FORMATS = [
  "prometheus-remote-write",
  "metrics-text",
  "redfish",
  "table",
  ...(Object.keys(KNOWN_TABLES) as KnownTable[]),
] as const;
/** One of those formats. */
export type ReadingFormat = (typeof READING_FORMATS)[number];

/**
 * Takes a file's readings in.
 *
 * @param atMs the time of readings that say none themselves
 * @param map how a `table` becomes readings
 * @returns how many rows, samples or readings the file had, whatever became of them
 */
export function readFileInto(
  intake: Intake,
  format: ReadingFormat,
  bytes: Uint8Array,
  atMs: number,
  map?: TableMap,
): number {
  if (format === "prometheus-remote-write") {
    return new RemoteWrite(intake).decode1(unpackRemoteWrite(bytes)).samples;
  }
  const text = textOfFile(bytes);
  if (format === "metrics-text") {
    const isOpenMetrics = /(?:^|\n)# EOF\n?$/.test(text);
    return readMetricsText(text, isOpenMetrics ? "application/openmetrics-text" : "", atMs, intake);
  }
  if (format === "redfish") return readRedfish(text, atMs, intake);
  if (format !== "table") return readTable(text, KNOWN_TABLES[format], intake);
  if (map === undefined) {
    throw new EvidenceError("malformed-file", "expected a map for a table, got none");
  }
  return readTable(text, map, intake);
}
