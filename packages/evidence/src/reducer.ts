import { type Refusal, refuse, type Said } from "@standstill/record";
import { List, OrderedMap } from "immutable";
import type { MeasurementReport, PeriodReport, Run, Site } from "./statements.ts";

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
  /** Reports by their statement's id. */
  readonly reports: OrderedMap<string, Declared<PeriodReport>>;
  /** Ids of each site's reports, oldest first. */
  readonly reportsOf: OrderedMap<string, List<string>>;
  /** What others, or parties themselves, measured; by whom it is about, oldest first. */
  readonly measurementsOf: OrderedMap<string, List<Declared<MeasurementReport>>>;
}

/** Before anything was declared. */
export const noEvidence: EvidenceState = {
  sites: OrderedMap(),
  runs: OrderedMap(),
  reports: OrderedMap(),
  reportsOf: OrderedMap(),
  measurementsOf: OrderedMap(),
};

/** `site/declare`: each site once, by the party whose name it starts with. */
export function reduceSite(state: EvidenceState, said: Said<Site>): EvidenceState | Refusal {
  const { site, nodes } = said.body;
  if (state.sites.has(site))
    return refuse("already-said", `expected ${site} once, got it a second time`);
  const refusal = ownName(said, site);
  if (refusal !== undefined) return refusal;
  if (new Set(nodes.map((node) => node.device)).size !== nodes.length) {
    return refuse("malformed-body", "expected each device of a site once, got one twice");
  }
  return { ...state, sites: state.sites.set(site, declared(said)) };
}

/** `run/declare`: on nodes of a site that the same party declared. */
export function reduceRun(state: EvidenceState, said: Said<Run>): EvidenceState | Refusal {
  const { run, nodes } = said.body;
  const refusal = ownSite(state, said, said.body.site);
  if (refusal !== undefined) return refusal;
  if (state.runs.has(run))
    return refuse("already-said", `expected ${run} once, got it a second time`);
  const known = new Set(state.sites.get(said.body.site)?.body.nodes.map((node) => node.device));
  const unknown = nodes.find((node) => !known.has(node));
  if (unknown !== undefined)
    return refuse("not-declared", `expected nodes of ${said.body.site}, got "${unknown}"`);
  return { ...state, runs: state.runs.set(run, declared(said)) };
}

/** `period/report`: one for each site and period start, by the site's party. */
export function reduceReport(
  state: EvidenceState,
  said: Said<PeriodReport>,
): EvidenceState | Refusal {
  const { site, period } = said.body;
  const refusal = ownSite(state, said, site);
  if (refusal !== undefined) return refusal;
  const earlier = state.reportsOf.get(site, List<string>());
  const overlaps = earlier.some((id) => {
    const other = state.reports.get(id)?.body.period;
    return other !== undefined && other.start < period.end && period.start < other.end;
  });
  if (overlaps)
    return refuse("already-said", `expected a new period of ${site}, got one that overlaps`);
  return {
    ...state,
    reports: state.reports.set(said.id, declared(said)),
    reportsOf: state.reportsOf.set(site, earlier.push(said.id)),
  };
}

/** `measurement/report`: of a declared site, or of a party. */
export function reduceMeasured(
  state: EvidenceState,
  said: Said<MeasurementReport>,
): EvidenceState | Refusal {
  const { of } = said.body;
  if (of.includes("/") && !state.sites.has(of))
    return refuse("not-declared", `expected a declared site, got "${of}"`);
  const earlier = state.measurementsOf.get(of, List<Declared<MeasurementReport>>());
  return {
    ...state,
    measurementsOf: state.measurementsOf.set(of, earlier.push(declared(said))),
  };
}

function declared<Body>(said: Said<Body>): Declared<Body> {
  return { party: said.statement.issuer, id: said.id, index: said.index, body: said.body };
}

function ownName(said: Said, name: string): Refusal | undefined {
  const { issuer } = said.statement;
  return name.startsWith(`${issuer}/`)
    ? undefined
    : refuse("not-its-own", `expected a name below ${issuer}/, got "${name}"`);
}

function ownSite(state: EvidenceState, said: Said, site: string): Refusal | undefined {
  const owner = state.sites.get(site)?.party;
  if (owner === undefined) return refuse("not-declared", `expected a declared site, got "${site}"`);
  if (owner !== said.statement.issuer)
    return refuse("not-its-own", `expected a site of ${said.statement.issuer}, got "${site}"`);
  return undefined;
}
