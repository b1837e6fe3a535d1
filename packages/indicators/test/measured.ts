import {
  type IndicatorState,
  indicatorMeasure,
  type MeasuredIndicator,
  type Measurers,
  noMeasurements,
} from "@standstill/indicators";
import { isRefusal, type Said } from "@standstill/record";

/** Terms under which Borealis and Cedar measure others, and an inspector does. */
export const terms: Measurers & { readonly parties: { id: string; name: string; kind: "lab" }[] } =
  {
    keeper: { id: "secretariat", name: "The Secretariat" },
    parties: ["aster", "borealis", "cedar", "dune"].map((id) => ({ id, name: id, kind: "lab" })),
    yardsticks: { reporters: ["borealis", "cedar"] },
    roles: [
      {
        id: "inspectors",
        name: "Inspectors",
        task: "inspector",
        holders: ["dune"],
        signatures: 1,
      },
    ],
  };

/** A measurement of a month of 2026; `null` cannot be said. */
export function body(value: string | null, month: number, more: object = {}): MeasuredIndicator {
  const {
    subject = "aster",
    indicator = "task-horizon-p50",
    days = [1, 28],
    ...result
  } = more as {
    subject?: string;
    indicator?: string;
    days?: [number, number];
    commitment?: string;
  };
  const { commitment = "ab".repeat(32), ...rest } = result;
  const at = (day: number) =>
    `2026-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const parsed = indicatorMeasure.body.parse({
    indicator,
    evidenceClass: "measurer",
    subject,
    commitment,
    rows: 100,
    period: { from: at(days[0]), to: at(days[1]) },
    method: { name: "metr-task-horizon", version: 1 },
    parameters: { penalty: "0" },
    result:
      value === null
        ? { cannotSay: "nothing is attested" }
        : { value, low: null, high: null, isBeyondInstrument: false, ...rest },
  });
  if (parsed.indicator === "training-compute") throw new Error("expected a lab's own data");
  return parsed;
}

/** Who said what, in the order of the record. */
export type Saying = readonly [issuer: string, body: MeasuredIndicator];

/** One measurer's months, one value after the other. */
export function months(issuer: string, ...values: (string | null)[]): Saying[] {
  return values.map((value, i) => [issuer, body(value, i + 1)]);
}

/** The state after what was said, or the first refusal. */
export function told(...all: readonly Saying[]): IndicatorState {
  return all.reduce((indicators, [issuer, its], index) => {
    const statement = { issuer, issuedAt: "2026-12-31T00:00:00.000Z" };
    const said = { id: `s${index}`, index, statement, body: its } as Said<MeasuredIndicator>;
    const next = indicatorMeasure.reduce({ indicators, agreement: { terms } }, said);
    if (isRefusal(next)) throw new Error(next.message);
    return next.indicators;
  }, noMeasurements);
}
