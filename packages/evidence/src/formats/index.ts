/** Adapters for files that people export, apart from the rest: a page does not need them. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type AccountingFormat, readAccounting } from "./accounting/index.ts";
export { type Attestation, type AttestationRules, checkAttestation } from "./attestation.ts";
export { type Catalogue, parseCatalogue } from "./catalogue.ts";
export { readOtlpJson, readOtlpProtobuf } from "./opentelemetry/otlp.ts";
export { type DepositedInstrument, parseAdherence } from "./published/adherence.ts";
export {
  type PublishedCluster,
  type PublishedModel,
  parseClusters,
  parseModels,
} from "./published/models-and-clusters.ts";
export { type FileOptions, type ReadingFormat, readFileInto } from "./reading-formats.ts";
export { readTable } from "./tables/table.ts";
export { type TableMap, tableMapSchema } from "./tables/table-map.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { ACCOUNTING_FORMATS, isAccountingFormat } from "./accounting/index.ts";
export type { AttestedDevice } from "./attestation.ts";
export { type Accelerator, PRECISIONS, type Precision } from "./catalogue.ts";
export { type TimeFault, type TimeReader, timeReader } from "./local-time.ts";
export { READING_FORMATS } from "./reading-formats.ts";
export { KNOWN_TABLES, type KnownTable } from "./tables/known-tables.ts";
export { textOfFile } from "./text-of-file.ts";
