import { billionths } from "@standstill/record";
import {
  type ClaimOnRecord,
  claimsOnRecord,
  type IndicatorState,
  type MeasuredOnRecord,
} from "./state.ts";
import { countedOnRecord, counts, type Measurers } from "./who-counts.ts";

/** What others found of a claim: the same, something else, or nothing yet. */
export type ClaimStanding = "reproduced" | "contradicted" | "disputed" | "unsupported";

/** A claim with what it rests on. */
export interface JudgedClaim extends ClaimOnRecord {
  readonly standing: ClaimStanding;
  /** Measurements by others of the same indicator, party and time, and whether each bears the claim out. */
  readonly measurements: readonly {
    readonly index: number;
    readonly issuer: string;
    readonly bearsOut: boolean;
  }[];
  /** Whether the claimant itself has put a measurement on record. */
  readonly hasOwnMeasurement: boolean;
}

/**
 * Holds each claim against what others who count measured of the same indicator and party in a time that overlaps: reproduced where all
 * bear it out, contradicted where none does, disputed between. The claimant's own measurement supports nothing by itself, and that of
 * whom the agreement does not name neither, or two friends could vouch for each other.
 */
export function judgeClaims(terms: Measurers, state: IndicatorState): JudgedClaim[] {
  return claimsOnRecord(state).map((claim) => {
    const { indicator, period } = claim.body;
    const byIssuer = state.measured.get(indicator)?.get(claim.issuer);
    const about = [...(byIssuer?.values() ?? [])]
      .flat()
      .filter(
        ({ issuer, body }) =>
          counts(terms, claim.issuer, issuer) &&
          body.period.from <= period.to &&
          body.period.to >= period.from &&
          !("cannotSay" in body.result),
      );
    const measurements = about
      .filter(({ issuer }) => issuer !== claim.issuer)
      .map((one) => ({ index: one.index, issuer: one.issuer, bearsOut: bearsOut(claim, one) }))
      .sort((a, b) => a.index - b.index);
    const yes = measurements.filter((one) => one.bearsOut).length;
    const standing =
      measurements.length === 0
        ? "unsupported"
        : yes === measurements.length
          ? "reproduced"
          : yes === 0
            ? "contradicted"
            : "disputed";
    return {
      ...claim,
      standing,
      measurements,
      hasOwnMeasurement: about.length > measurements.length,
    };
  });
}

function bearsOut(
  { body: { says, value } }: ClaimOnRecord,
  { body: { result } }: MeasuredOnRecord,
): boolean {
  if ("cannotSay" in result) return false;
  const [low, high] = endsOf(result);
  const claimed = billionths(value);
  if (says === "at-least") return high >= claimed;
  if (says === "at-most") return low <= claimed;
  // Without an interval, as many digits as were claimed.
  const rounding = result.low === null && result.high === null ? halfOfLastDigit(value) : 0n;
  return low - rounding <= claimed && claimed <= high + rounding;
}

function halfOfLastDigit(text: string): bigint {
  const places = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  return 10n ** BigInt(9 - places) / 2n;
}

/** Two measurements of one thing that do not go together. */
export interface Disagreement {
  readonly first: number;
  readonly second: number;
  /** `same-input`: one method of one version gave two results from the same rows; `apart`: their intervals do not meet. */
  readonly kind: "same-input" | "apart";
}

/** Measurements that count, of one indicator, party and period by different measurers, that contradict each other. */
export function disagreements(terms: Measurers, state: IndicatorState): Disagreement[] {
  const by = new Map<string, MeasuredOnRecord[]>();
  for (const one of countedOnRecord(terms, state)) {
    const { indicator, subject, period } = one.body;
    const key = `${indicator} ${subject} ${period.from} ${period.to}`;
    const its = by.get(key);
    if (its === undefined) by.set(key, [one]);
    else its.push(one);
  }
  return [...by.values()].flatMap((its) =>
    its.flatMap((first, i) => its.slice(i + 1).flatMap((second) => kindOf(first, second))),
  );
}

function kindOf(first: MeasuredOnRecord, second: MeasuredOnRecord): Disagreement[] {
  if (first.issuer === second.issuer) return [];
  const [a, b] = [first.body, second.body];
  const place = { first: first.index, second: second.index };
  const isSameMethod = a.method.name === b.method.name && a.method.version === b.method.version;
  if (
    a.commitment === b.commitment &&
    isSameMethod &&
    JSON.stringify(a.parameters) === JSON.stringify(b.parameters)
  )
    return JSON.stringify(a.result) === JSON.stringify(b.result)
      ? []
      : [{ ...place, kind: "same-input" }];
  if ("cannotSay" in a.result || "cannotSay" in b.result) return [];
  const [lowA, highA] = endsOf(a.result);
  const [lowB, highB] = endsOf(b.result);
  return highA < lowB || highB < lowA ? [{ ...place, kind: "apart" }] : [];
}

/** Lower and upper end of a result, in billionths; of one without an interval, the result itself. */
function endsOf({
  low,
  high,
  value,
}: {
  readonly low: string | null;
  readonly high: string | null;
  readonly value: string;
}) {
  return [billionths(low ?? value), billionths(high ?? value)] as const;
}
