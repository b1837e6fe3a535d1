import type { Said } from "@standstill/record";
import { List } from "immutable";
import type { IndicatorMeasurement } from "./statements.ts";

/** A measurement with its place in the record. */
export interface PublishedMeasurement {
  readonly id: string;
  readonly index: number;
  readonly issuer: string;
  readonly body: IndicatorMeasurement;
}

/** All measurements on record, oldest first: a second measurer may repeat and contradict. */
export interface IndicatorState {
  readonly measurements: List<PublishedMeasurement>;
}

/** Before any measurement. */
export const noMeasurements: IndicatorState = { measurements: List() };

/** `indicator/measure`: takes a measurement in. */
export function reduceMeasurement(
  state: IndicatorState,
  said: Said<IndicatorMeasurement>,
): IndicatorState {
  const { id, index, statement, body } = said;
  return { measurements: state.measurements.push({ id, index, issuer: statement.issuer, body }) };
}
