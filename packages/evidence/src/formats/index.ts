/** Adapters for files that people export, apart from the rest: a page does not need them. */
export {
  ACCOUNTING_FORMATS,
  type AccountingFormat,
  isAccountingFormat,
  readAccounting,
} from "./accounting/index.ts";
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
export {
  type FileOptions,
  MAPPED_FORMATS,
  READING_FORMATS,
  type ReadingFormat,
  readFileInto,
} from "./reading-formats.ts";
export { KNOWN_TABLES, type KnownTable } from "./tables/known-tables.ts";
export { readTable } from "./tables/table.ts";
export { type TableMap, tableMapSchema } from "./tables/table-map.ts";
export { textOfFile } from "./text-of-file.ts";
