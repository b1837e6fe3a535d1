import type { ObligationKind } from "@standstill/agreement";
import type { DutyChecked } from "./check-duties.ts";
import { spansOf } from "./duties-in-force.ts";
import type { Finding, Gap, GapTold } from "./finding.ts";

/** Values of a verdict, from best to worst. `violation` comes only from a ruling, never from a computation. */
export const VERDICTS = ["verified", "unverified", "anomalous", "violation"] as const;
/** One of the values of a verdict. */
export type VerdictValue = (typeof VERDICTS)[number];

/** Verdict on one duty. */
export interface DutyVerdict {
  /** Id of its obligation. */
  readonly id: string;
  readonly kind: ObligationKind;
  readonly title: string;
  /** Lines in FLOP that were in force, each once, oldest first; none for obligations that draw none. */
  readonly limits: readonly string[];
  /** Exemptions that freed the party from it, for all of the period or for some. */
  readonly freedBy: readonly string[];
  /** `null` where exemptions freed the party from it all the time. */
  readonly verdict: VerdictValue | null;
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/**
 * The verdict rule, written once, for readings and for logs: with a finding a duty is anomalous, with a gap it is unverified, else it is verified.
 *
 * @param more gaps besides those of the checks
 */
export function judgeDuty(
  { duty, findings, gaps }: DutyChecked,
  more: readonly GapTold[] = [],
): DutyVerdict {
  const { id, kind, title, stretches } = duty;
  const all = [...gaps, ...more.map((one) => ({ ...one, duty: id }))];
  const isFree = spansOf(duty).length === 0;
  const value = findings.length > 0 ? "anomalous" : all.length > 0 ? "unverified" : "verified";
  return {
    id,
    kind,
    title,
    limits: [...new Set(stretches.flatMap((one) => one.duty.limit ?? []))],
    freedBy: [...new Set(stretches.flatMap(({ freedBy }) => freedBy ?? []))],
    verdict: isFree ? null : value,
    findings,
    gaps: all,
  };
}

/** The worst of several verdicts; `verified` where there is none to doubt. */
export function worst(values: readonly VerdictValue[]): VerdictValue {
  return VERDICTS.findLast((value) => values.includes(value)) ?? "verified";
}

/** The values of those verdicts that judged anything. */
export function valuesOf(
  verdicts: readonly { readonly verdict: VerdictValue | null }[],
): VerdictValue[] {
  return verdicts.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
}
