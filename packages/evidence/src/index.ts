/** What was measured: formats in, windows, seals, declarations. The parts that do no I/O. */
export {
  type CounterWindows,
  counterOf,
  emptyCounter,
  rowsOfNode,
} from "./counter-windows.ts";
export { EvidenceError, type EvidenceErrorCode } from "./error.ts";
export { parseKueue } from "./formats/kueue.ts";
export { readMetricsText } from "./formats/metrics-text.ts";
export { milliwattsOf, parseMlperfPower } from "./formats/mlperf-power.ts";
export { unpackRemoteWrite } from "./formats/prometheus-remote-write.ts";
export { parseSlurm } from "./formats/slurm.ts";
export {
  FEED_HEADER,
  FEED_SIGNATURE_HEADER,
  type FeedKeys,
  feedHeaders,
  feedOf,
  parseFeedKey,
} from "./intake/feed-keys.ts";
export {
  deviceName,
  FeedMap,
  KNOWN_METRICS,
  type MetricRule,
  withRules,
} from "./intake/feed-map.ts";
export { Intake, type TimeLimits } from "./intake/intake.ts";
export { readOtlpJson, readOtlpProtobuf } from "./intake/otlp.ts";
export { isQuantity, QUANTITIES, type Quantity } from "./intake/quantities.ts";
export {
  emptyQuantityWindows,
  fillWindows,
  type QuantityWindows,
} from "./intake/quantity-windows.ts";
export { Quarantine, type QuarantineReason } from "./intake/quarantine.ts";
export { RemoteWrite, type Written } from "./intake/remote-write.ts";
export { type Samples, SamplesBuilder } from "./intake/samples.ts";
export { type Series, SeriesTable } from "./intake/series.ts";
export { acceleratorSeconds, type Job } from "./jobs.ts";
export { type PowerSeries, powerSeries } from "./power-series.ts";
export { energyMillijoules, type Period, type Readings, ReadingsBuilder } from "./readings.ts";
export {
  type Declared,
  type EvidenceState,
  noEvidence,
  reduceMeasured,
  reduceReport,
  reduceRun,
  reduceSite,
} from "./reducer.ts";
export { type Seal, sealEvidence } from "./seal.ts";
export { decodeEvidence, encodeEvidence, type SiteEvidence } from "./site-evidence.ts";
export {
  type FeedKind,
  type Measured,
  type MeasurementReport,
  measurementReport,
  type PeriodReport,
  periodReport,
  placeOf,
  type Run,
  runDeclare,
  type Site,
  siteDeclare,
} from "./statements.ts";
export {
  emptyWindows,
  LONGEST_STEP_WINDOWS,
  totalEnergyMillijoules,
  type Windows,
  windowsOf,
} from "./windows.ts";
