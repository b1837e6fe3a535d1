/** What was measured: formats in, windows, seals, declarations. The parts that do no I/O. */

export { EvidenceError, type EvidenceErrorCode } from "./error.ts";
export { acceleratorSeconds, type Job } from "./formats/accounting/jobs.ts";
export { parseKueue } from "./formats/accounting/kueue.ts";
export { parseSlurm } from "./formats/accounting/slurm.ts";
export { milliwattsOf, parseMlperfPower } from "./formats/mlperf-power.ts";
export { readMetricsText } from "./formats/prometheus/metrics-text.ts";
export { RemoteWrite, type Written } from "./formats/prometheus/remote-write.ts";
export { unpackRemoteWrite } from "./formats/prometheus/remote-write-body.ts";
export { type Seal, sealEvidence } from "./sealing/seal.ts";
export {
  type ActivityLogFile,
  decodeEvidence,
  encodeEvidence,
  type SiteEvidence,
} from "./sealing/site-evidence.ts";
export { type Declared, type EvidencePart, type EvidenceState, noEvidence } from "./state.ts";
export type { Measured, MeasurementReport } from "./statements/measurement.ts";
export { measurementReport } from "./statements/measurement-report.ts";
export { notOwnSite } from "./statements/own-site.ts";
export { periodReport } from "./statements/period-report.ts";
export { inMillionths } from "./statements/place.ts";
export type { FeedKind, PeriodReport } from "./statements/report.ts";
export type { Run } from "./statements/run.ts";
export { runDeclare } from "./statements/run-declare.ts";
export type { Site } from "./statements/site.ts";
export { siteDeclare } from "./statements/site-declare.ts";
export {
  FEED_HEADER,
  FEED_SIGNATURE_HEADER,
  type FeedKeys,
  feedHeaders,
  feedOf,
  OPERATOR_FEED,
  parseFeedKey,
} from "./telemetry/feeds/feed-keys.ts";
export {
  deviceName,
  FeedMap,
  KNOWN_METRICS,
  type MetricRule,
  withRules,
} from "./telemetry/feeds/feed-map.ts";
export { Quarantine, type QuarantineReason } from "./telemetry/feeds/quarantine.ts";
export { Receiver, type TimeLimits } from "./telemetry/feeds/receiver.ts";
export { isQuantity, QUANTITIES, type Quantity } from "./telemetry/readings/quantities.ts";
export {
  energyMillijoules,
  type Period,
  type Readings,
  ReadingsBuilder,
} from "./telemetry/readings/readings.ts";
export { type Samples, SamplesBuilder } from "./telemetry/readings/samples.ts";
export { type Series, SeriesTable } from "./telemetry/readings/series.ts";
export {
  type CounterWindows,
  counterOf,
  emptyCounter,
  rowsOfNode,
} from "./windows/counter-windows.ts";
export { type PowerSeries, powerSeries } from "./windows/power-series.ts";
export {
  emptyQuantityWindows,
  fillWindows,
  type QuantityWindows,
} from "./windows/quantity-windows.ts";
export {
  emptyWindows,
  LONGEST_STEP_WINDOWS,
  totalEnergyMillijoules,
  type Windows,
  windowsOf,
} from "./windows/windows.ts";
