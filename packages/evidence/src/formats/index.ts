/** Adapters for files that people export, apart from the rest: a page does not need them. */
import { EvidenceError } from "../error.ts";
import type { Receiver } from "../telemetry/feeds/receiver.ts";
import { readNvidiaSmiXml } from "./nvidia-smi-xml.ts";
import { readMetricsText } from "./prometheus/metrics-text.ts";
import { RemoteWrite } from "./prometheus/remote-write.ts";
import { unpackRemoteWrite } from "./prometheus/remote-write-body.ts";
import { readRedfish } from "./redfish.ts";
import { KNOWN_TABLE_NAMES, KNOWN_TABLES, type KnownTable } from "./tables/known-tables.ts";
import { readParquet } from "./tables/parquet.ts";
import { readTable } from "./tables/table.ts";
import { type TableMap, tableMapSchema } from "./tables/table-map.ts";
import { textOfFile } from "./text-of-file.ts";

export {
  type Attestation,
  type AttestationRules,
  type AttestedDevice,
  checkAttestation,
} from "./attestation.ts";
export {
  type Accelerator,
  type Catalogue,
  PRECISIONS,
  type Precision,
  parseCatalogue,
} from "./catalogue.ts";
export { type TimeFault, type TimeReader, timeReader } from "./local-time.ts";
export { readOtlpJson, readOtlpProtobuf } from "./opentelemetry/otlp.ts";
export { type DepositedInstrument, parseAdherence } from "./published/adherence.ts";
export {
  type PublishedCluster,
  type PublishedModel,
  parseClusters,
  parseModels,
} from "./published/models-and-clusters.ts";
export { textOfFile } from "./text-of-file.ts";
export { KNOWN_TABLES, type KnownTable, readTable, type TableMap, tableMapSchema };

/** Formats of files that hold readings. */
export const READING_FORMATS = [
  "prometheus-remote-write",
  "metrics-text",
  "redfish",
  "nvidia-smi-xml",
  "table",
  "parquet",
  ...KNOWN_TABLE_NAMES,
] as const;
/** One of those formats. */
export type ReadingFormat = (typeof READING_FORMATS)[number];

/** Formats that hold what their map says. */
export const MAPPED_FORMATS: readonly ReadingFormat[] = ["table", "parquet"];

/** What a file's readings are taken in with. */
export interface FileOptions {
  /** The time of readings that say none themselves, in POSIX milliseconds. */
  readonly atMs: number;
  /** How a `table` or `parquet` becomes readings. */
  readonly map?: TableMap | undefined;
  /** Waited for now and then, so that a long file stops nothing else. */
  readonly pause?: () => Promise<unknown>;
}

/**
 * Takes a file's readings in.
 *
 * @returns how many rows, samples or readings the file had, whatever became of them
 */
export async function readFileInto(
  receiver: Receiver,
  format: ReadingFormat,
  bytes: Uint8Array,
  { atMs, map, pause }: FileOptions,
): Promise<number> {
  if (format === "prometheus-remote-write") {
    return new RemoteWrite(receiver).decode1(unpackRemoteWrite(bytes)).samples;
  }
  if (format === "parquet") return readParquet(bytes, mapFor(format, map), receiver, pause);
  const text = textOfFile(bytes);
  if (format === "metrics-text") {
    const isOpenMetrics = /(?:^|\n)# EOF\n?$/.test(text);
    return readMetricsText(
      text,
      isOpenMetrics ? "application/openmetrics-text" : "",
      atMs,
      receiver,
    );
  }
  if (format === "redfish") return readRedfish(text, atMs, receiver);
  if (format === "nvidia-smi-xml") return readNvidiaSmiXml(text, receiver);
  const known = format === "table" ? mapFor(format, map) : KNOWN_TABLES[format];
  return readTable(text, known, receiver, pause);
}

function mapFor(format: ReadingFormat, map: TableMap | undefined): TableMap {
  if (map !== undefined) return map;
  throw new EvidenceError("malformed-file", `expected a map for ${format}, got none`);
}
