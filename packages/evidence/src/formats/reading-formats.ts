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
import type { TableMap } from "./tables/table-map.ts";
import { textOfFile } from "./text-of-file.ts";

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

/** What a file's readings are taken in with. */
export interface FileOptions {
  /** The time of readings that say none themselves, in POSIX milliseconds. */
  readonly atMs: number;
  /** How a `table` or `parquet` becomes readings. */
  readonly map?: TableMap | undefined;
  /** Waited for now and then, so that a long file stops nothing else. */
  readonly pause?: () => Promise<unknown>;
}

/** Takes a file's readings in, and tells how many rows, samples or readings it had. */
type Reader = (
  receiver: Receiver,
  bytes: Uint8Array,
  options: FileOptions,
) => number | Promise<number>;

const knownTable =
  (name: KnownTable): Reader =>
  (receiver, bytes, { pause }) =>
    readTable(textOfFile(bytes), KNOWN_TABLES[name], receiver, pause);

const READERS: Readonly<Record<ReadingFormat, Reader>> = {
  "prometheus-remote-write": (receiver, bytes) =>
    new RemoteWrite(receiver).decode1(unpackRemoteWrite(bytes)).samples,
  "metrics-text": (receiver, bytes, { atMs }) => {
    const text = textOfFile(bytes);
    const isOpenMetrics = /(?:^|\n)# EOF\n?$/.test(text);
    return readMetricsText(
      text,
      isOpenMetrics ? "application/openmetrics-text" : "",
      atMs,
      receiver,
    );
  },
  redfish: (receiver, bytes, { atMs }) => readRedfish(textOfFile(bytes), atMs, receiver),
  "nvidia-smi-xml": (receiver, bytes) => readNvidiaSmiXml(textOfFile(bytes), receiver),
  table: (receiver, bytes, { map, pause }) =>
    readTable(textOfFile(bytes), mapFor("table", map), receiver, pause),
  parquet: (receiver, bytes, { map, pause }) =>
    readParquet(bytes, mapFor("parquet", map), receiver, pause),
  "inference-requests": knownTable("inference-requests"),
  "nvidia-smi": knownTable("nvidia-smi"),
  "round-trips": knownTable("round-trips"),
  "cloud-totals": knownTable("cloud-totals"),
};

/**
 * Takes a file's readings in.
 *
 * @returns how many rows, samples or readings the file had, whatever became of them
 * @throws EvidenceError where the file is not of that format
 */
export async function readFileInto(
  receiver: Receiver,
  format: ReadingFormat,
  bytes: Uint8Array,
  options: FileOptions,
): Promise<number> {
  return READERS[format](receiver, bytes, options);
}

function mapFor(format: ReadingFormat, map: TableMap | undefined): TableMap {
  if (map !== undefined) return map;
  throw new EvidenceError("malformed-file", `expected a map for ${format}, got none`);
}
