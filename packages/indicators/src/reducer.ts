import type { Terms } from "@standstill/agreement";
import { type Refusal, refuse, type Said } from "@standstill/record";
import { List, OrderedMap } from "immutable";
import type { IndicatorClaim, IndicatorMeasurement, MeasuredIndicator } from "./statements.ts";

/** A statement with its place in the record. */
export interface Published<Body> {
  readonly id: string;
  readonly index: number;
  readonly issuer: string;
  readonly body: Body;
}
/** A measurement of published data with its place in the record. */
export type PublishedMeasurement = Published<IndicatorMeasurement>;
/** A measurement of a lab's own data with its place in the record. */
export type MeasuredOnRecord = Published<MeasuredIndicator>;
/** A claim with its place in the record. */
export type ClaimOnRecord = Published<IndicatorClaim>;

/** Measurements of one indicator: by whom it is about, and by who measured, in the order of their periods. */
export type MeasuredBySubject = OrderedMap<string, OrderedMap<string, readonly MeasuredOnRecord[]>>;

/** What was measured and claimed. A second measurer may repeat and contradict; nobody can make the state grow without end. */
export interface IndicatorState {
  /** All measurements of published data, oldest first, since what each rests on lies beside the log. */
  readonly measurements: List<PublishedMeasurement>;
  /** The newest of them by each issuer. */
  readonly newest: OrderedMap<string, PublishedMeasurement>;
  /** Measurements of labs' own data, by indicator. */
  readonly measured: OrderedMap<string, MeasuredBySubject>;
  /** Claims by party and indicator, oldest first. */
  readonly claims: OrderedMap<string, readonly ClaimOnRecord[]>;
}

/** Before any measurement. */
export const noMeasurements: IndicatorState = {
  measurements: List(),
  newest: OrderedMap(),
  measured: OrderedMap(),
  claims: OrderedMap(),
};

/** Whom measurements are of that are of no single party. */
export const WORLD = "world";
/** Periods of one indicator, subject and measurer that are held, the newest: nearly a decade of months. */
export const MOST_PERIODS = 100;
/** Claims of one party on one indicator that are held, the newest. */
export const MOST_CLAIMS = 20;

/** `indicator/measure`: takes a measurement in. A later one of the same period by the same measurer replaces the earlier. */
export function reduceMeasurement(
  state: IndicatorState,
  { id, index, statement, body }: Said<IndicatorMeasurement | MeasuredIndicator>,
  { parties }: Pick<Terms, "parties">,
): IndicatorState | Refusal {
  const place = { id, index, issuer: statement.issuer };
  if (body.indicator === "training-compute") {
    const one = { ...place, body };
    return {
      ...state,
      measurements: state.measurements.push(one),
      newest: state.newest.set(one.issuer, one),
    };
  }
  const { subject, period } = body;
  if (subject !== WORLD && !parties.some((party) => party.id === subject))
    return refuse("not-declared", `expected a party or ${WORLD} as subject, got "${subject}"`);
  if (period.to > statement.issuedAt.slice(0, 10))
    return refuse(
      "malformed-body",
      `expected a period that is over by ${statement.issuedAt}, got one to ${period.to}`,
    );
  return { ...state, measured: withMeasured(state.measured, { ...place, body }) };
}

function withMeasured(
  measured: IndicatorState["measured"],
  one: MeasuredOnRecord,
): IndicatorState["measured"] {
  const { indicator, subject, period } = one.body;
  const bySubject: MeasuredBySubject = measured.get(indicator) ?? OrderedMap();
  const byIssuer = bySubject.get(subject) ?? OrderedMap<string, readonly MeasuredOnRecord[]>();
  const others = (byIssuer.get(one.issuer) ?? []).filter(
    ({ body }) => body.period.from !== period.from || body.period.to !== period.to,
  );
  const series = [...others, one].sort(
    (a, b) =>
      compare(a.body.period.to, b.body.period.to) ||
      compare(a.body.period.from, b.body.period.from),
  );
  return measured.set(
    indicator,
    bySubject.set(subject, byIssuer.set(one.issuer, series.slice(-MOST_PERIODS))),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `indicator/claim`: takes a claim in. */
export function reduceClaim(
  state: IndicatorState,
  { id, index, statement, body }: Said<IndicatorClaim>,
): IndicatorState {
  const { issuer } = statement;
  const key = `${issuer} ${body.indicator}`;
  const its = [...(state.claims.get(key) ?? []), { id, index, issuer, body }];
  return { ...state, claims: state.claims.set(key, its.slice(-MOST_CLAIMS)) };
}

/** All claims that are held, in the order of the record. */
export function claimsOnRecord({ claims }: IndicatorState): ClaimOnRecord[] {
  return inOrder([...claims.values()].flat());
}

/** All measurements of labs' own data that are held, in the order of the record. */
export function measuredOnRecord({ measured }: IndicatorState): MeasuredOnRecord[] {
  const series = [...measured.values()].flatMap((bySubject) =>
    [...bySubject.values()].flatMap((byIssuer) => [...byIssuer.values()].flat()),
  );
  return inOrder(series);
}

function inOrder<Of extends { readonly index: number }>(all: Of[]): Of[] {
  return all.sort((a, b) => a.index - b.index);
}
