/** What was measured: formats in, windows, seals, declarations. The parts that do no I/O. */
export { EvidenceError, type EvidenceErrorCode } from "./error.ts";
export { milliwattsOf, parseMlperfPower } from "./formats/mlperf-power.ts";
export {
  parseRemoteWrite,
  type RemoteSeries,
  type RemoteWriteRequest,
} from "./formats/prometheus-remote-write.ts";
export { parseSlurm } from "./formats/slurm.ts";
export { acceleratorSeconds, type Job } from "./jobs.ts";
export { type PowerSeries, powerSeries } from "./power-series.ts";
export { energyMillijoules, type Period, type Readings, ReadingsBuilder } from "./readings.ts";
export {
  type Declared,
  type EvidenceState,
  noEvidence,
  reduceReport,
  reduceRun,
  reduceSite,
} from "./reducer.ts";
export { type Seal, sealEvidence } from "./seal.ts";
export { decodeEvidence, encodeEvidence, type SiteEvidence } from "./site-evidence.ts";
export {
  type FeedKind,
  type PeriodReport,
  periodReport,
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
