import type { Said } from "@standstill/record";
import { type List, OrderedMap } from "immutable";
import type { MeasurementReport } from "./statements/measurement.ts";
import type { PeriodReport } from "./statements/report.ts";
import type { Run } from "./statements/run.ts";
import type { Site } from "./statements/site.ts";

/** A declaration with who made it and where it stands in the record. */
export interface Declared<Body> {
  readonly party: string;
  readonly id: string;
  readonly index: number;
  readonly body: Body;
}

/** What parties declared and reported. */
export interface EvidenceState {
  readonly sites: OrderedMap<string, Declared<Site>>;
  readonly runs: OrderedMap<string, Declared<Run>>;
  /** Names of each site's runs, oldest first. */
  readonly runsOf: OrderedMap<string, List<string>>;
  /** Reports by their statement's id. */
  readonly reports: OrderedMap<string, Declared<PeriodReport>>;
  /** Ids of each site's reports, oldest first. */
  readonly reportsOf: OrderedMap<string, List<string>>;
  /** What others, or parties themselves, measured; by whom it is about, oldest first. */
  readonly measurementsOf: OrderedMap<string, List<Declared<MeasurementReport>>>;
}

/** What of a state holds declarations and reports. */
export interface EvidencePart {
  readonly evidence: EvidenceState;
}

/** Before anything was declared. */
export const noEvidence: EvidenceState = {
  sites: OrderedMap(),
  runs: OrderedMap(),
  runsOf: OrderedMap(),
  reports: OrderedMap(),
  reportsOf: OrderedMap(),
  measurementsOf: OrderedMap(),
};

/** A statement as the state keeps it. */
export function declared<Body>({ id, index, statement, body }: Said<Body>): Declared<Body> {
  return { party: statement.issuer, id, index, body };
}
