import { INDICATOR_NAMES, type IndicatorName } from "@standstill/agreement";
import type { Round } from "./round.ts";

/** What is asked of a record. Days as `2026-06-04`. */
export interface IndicatorQuestion {
  /** Only of this party; of all where absent. */
  readonly party: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** What a record says of the development of AI by AI: measured, near a threshold, claimed, and not measured. */
export interface IndicatorReport
  extends Pick<Round, "measured" | "tripwires" | "claims" | "cases"> {
  readonly party: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Indicators that nobody measured of whom and when it is asked. */
  readonly missing: readonly IndicatorName[];
}

/** The report on a party in a time, from what holds. */
export function indicatorReportOf(
  round: Round,
  { party, from, to }: IndicatorQuestion,
): IndicatorReport {
  const isAsked = (subject: string, period: { readonly from: string; readonly to: string }) =>
    (party === undefined || subject === party) &&
    (to === undefined || period.from <= to) &&
    (from === undefined || period.to >= from);
  const measured = round.measured.filter(({ body }) => isAsked(body.subject, body.period));
  const known = new Set<string>(measured.map(({ body }) => body.indicator));
  return {
    party: party ?? null,
    from: from ?? null,
    to: to ?? null,
    measured,
    tripwires: round.tripwires,
    claims: round.claims.filter(({ issuer, body }) => isAsked(issuer, body.period)),
    missing: INDICATOR_NAMES.filter((name) => !known.has(name)),
    cases: round.cases.filter((one) => party === undefined || one.party === party),
  };
}
