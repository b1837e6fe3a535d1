import type { UnderTerms } from "@standstill/agreement";
import { DRAFT, defineStatement, refuse } from "@standstill/record";
import { OrderedMap } from "immutable";
import {
  type IndicatorPart,
  type IndicatorState,
  type MeasuredBySubject,
  type MeasuredOnRecord,
  MOST_PERIODS,
  type PublishedMeasurement,
  WORLD,
} from "../state.ts";
import { measurementSchema } from "./measurement.ts";

/** `indicator/measure`: a measurement is taken in. A later one of the same period by the same measurer replaces the earlier. */
export const indicatorMeasure = defineStatement({
  type: "indicator/measure",
  version: DRAFT,
  roles: ["keeper", "party", "inspector"],
  words: "Somebody publishes a measurement of how fast AI development goes.",
  body: measurementSchema,
  reduce: (
    { indicators, agreement }: IndicatorPart & UnderTerms<"parties">,
    { id, index, statement: { issuer, issuedAt }, body },
  ) => {
    if (body.indicator === "training-compute")
      return { indicators: withPublished(indicators, { id, index, issuer, body }) };
    const { subject, period } = body;
    if (subject !== WORLD && !agreement.terms.parties.some((party) => party.id === subject))
      return refuse("not-declared", `expected a party or ${WORLD} as subject, got "${subject}"`);
    if (period.to > issuedAt.slice(0, 10))
      return refuse(
        "malformed-body",
        `expected a period that is over by ${issuedAt}, got one to ${period.to}`,
      );
    return { indicators: withMeasured(indicators, { id, index, issuer, body }) };
  },
});

function withPublished(state: IndicatorState, one: PublishedMeasurement): IndicatorState {
  return {
    ...state,
    measurements: state.measurements.push(one),
    newest: state.newest.set(one.issuer, one),
  };
}

function withMeasured(state: IndicatorState, one: MeasuredOnRecord): IndicatorState {
  const { indicator, subject, period } = one.body;
  const bySubject: MeasuredBySubject = state.measured.get(indicator) ?? OrderedMap();
  const byIssuer = bySubject.get(subject) ?? OrderedMap<string, readonly MeasuredOnRecord[]>();
  const others = (byIssuer.get(one.issuer) ?? []).filter(
    ({ body }) => body.period.from !== period.from || body.period.to !== period.to,
  );
  const series = [...others, one].sort(
    (a, b) =>
      compare(a.body.period.to, b.body.period.to) ||
      compare(a.body.period.from, b.body.period.from),
  );
  const its = byIssuer.set(one.issuer, series.slice(-MOST_PERIODS));
  return { ...state, measured: state.measured.set(indicator, bySubject.set(subject, its)) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
