/** What was measured: formats in, windows, seals, declarations. The parts that do no I/O. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { EvidenceError, type EvidenceErrorCode } from "./error.ts";
export type { Job } from "./formats/accounting/jobs.ts";
export { parseKueue } from "./formats/accounting/kueue.ts";
export { parseSlurm } from "./formats/accounting/slurm.ts";
export { parseMlperfPower } from "./formats/mlperf-power.ts";
export { readMetricsText } from "./formats/prometheus/metrics-text.ts";
export { type Seal, sealEvidence } from "./sealing/seal.ts";
export { decodeEvidence, encodeEvidence, type SiteEvidence } from "./sealing/site-evidence.ts";
export type { MeasurementReport } from "./statements/measurement.ts";
export type { Run } from "./statements/run.ts";
export type { Site } from "./statements/site.ts";
export { FeedMap, type MetricRule } from "./telemetry/feeds/feed-map.ts";
export { Receiver, type TimeLimits } from "./telemetry/feeds/receiver.ts";
export { QUANTITIES } from "./telemetry/readings/quantities.ts";
export { energyMillijoules, type Period, type Readings } from "./telemetry/readings/readings.ts";
export type { Samples } from "./telemetry/readings/samples.ts";
export { type Series, SeriesTable } from "./telemetry/readings/series.ts";
export type { CounterWindows } from "./windows/counter-windows.ts";
export { type Windows, windowsOf } from "./windows/windows.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { acceleratorSeconds } from "./formats/accounting/jobs.ts";
export { RemoteWrite, type Written } from "./formats/prometheus/remote-write.ts";
export { unpackRemoteWrite } from "./formats/prometheus/remote-write-body.ts";
export type { ActivityLogFile } from "./sealing/site-evidence.ts";
export { type Declared, type EvidencePart, type EvidenceState, noEvidence } from "./state.ts";
export type { Measured } from "./statements/measurement.ts";
export { measurementReport } from "./statements/measurement-report.ts";
export { notOwnSite } from "./statements/own-site.ts";
export { periodReport } from "./statements/period-report.ts";
export { inMillionths } from "./statements/place.ts";
export type { FeedKind, PeriodReport } from "./statements/report.ts";
export { runDeclare } from "./statements/run-declare.ts";
export { siteDeclare } from "./statements/site-declare.ts";
export {
  type FeedKeys,
  feedHeaders,
  feedOf,
  OPERATOR_FEED,
  parseFeedKey,
} from "./telemetry/feeds/feed-keys.ts";
export { withRules } from "./telemetry/feeds/feed-map.ts";
export type { QuarantineReason } from "./telemetry/feeds/quarantine.ts";
export type { Quantity } from "./telemetry/readings/quantities.ts";
export { ReadingsBuilder } from "./telemetry/readings/readings.ts";
export { SamplesBuilder } from "./telemetry/readings/samples.ts";
export { emptyCounter, rowsOfNode } from "./windows/counter-windows.ts";
export { type PowerSeries, powerSeries } from "./windows/power-series.ts";
export {
  emptyQuantityWindows,
  fillWindows,
  type QuantityWindows,
} from "./windows/quantity-windows.ts";
export { emptyWindows, totalEnergyMillijoules } from "./windows/windows.ts";
