import type { Said } from "@standstill/record";
import { List } from "immutable";
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

/** All measurements and claims on record, oldest first: a second measurer may repeat and contradict. */
export interface IndicatorState {
  readonly measurements: List<PublishedMeasurement>;
  readonly measured: List<MeasuredOnRecord>;
  readonly claims: List<ClaimOnRecord>;
}

/** Before any measurement. */
export const noMeasurements: IndicatorState = {
  measurements: List(),
  measured: List(),
  claims: List(),
};

/** `indicator/measure`: takes a measurement in. */
export function reduceMeasurement(
  state: IndicatorState,
  { id, index, statement, body }: Said<IndicatorMeasurement | MeasuredIndicator>,
): IndicatorState {
  const place = { id, index, issuer: statement.issuer };
  return body.indicator === "training-compute"
    ? { ...state, measurements: state.measurements.push({ ...place, body }) }
    : { ...state, measured: state.measured.push({ ...place, body }) };
}

/** `indicator/claim`: takes a claim in. */
export function reduceClaim(
  state: IndicatorState,
  { id, index, statement, body }: Said<IndicatorClaim>,
): IndicatorState {
  return { ...state, claims: state.claims.push({ id, index, issuer: statement.issuer, body }) };
}
