import { List, OrderedMap } from "immutable";
import type { IndicatorClaim } from "./statements/claim.ts";
import type { IndicatorMeasurement, MeasuredIndicator } from "./statements/measurement.ts";

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

/** What of a state holds measurements and claims. */
export interface IndicatorPart {
  readonly indicators: IndicatorState;
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
