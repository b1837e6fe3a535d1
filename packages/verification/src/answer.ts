import type { DutyVerdict, VerdictValue } from "./duty-verdict.ts";

/** A duty with its verdict, as it is computed or as it was published. */
type JudgedDuty = Pick<DutyVerdict, "id" | "limits" | "verdict"> & {
  readonly findings: readonly { readonly check: string; readonly duty: string }[];
  readonly gaps: readonly { readonly code: string; readonly duty: string }[];
};

/** Something that is told of a duty, with the id of its obligation. */
type Answered<Told> = Omit<Told, "duty"> & { readonly obligation: string };

/** What became of one obligation. */
export interface AnsweredObligation {
  readonly id: string;
  /** FLOP, as it was last; nothing where an obligation is no limit. */
  readonly limit: string | null;
  /** FLOP that count against the limit, as far as they are stated. */
  readonly counted: string | null;
  /** `null` where it cannot be told. */
  readonly kept: boolean | null;
}

/** The explanation of a verdict, of a site's evidence or of logs: everything that was found and that is not known, in one list each. */
export interface Answer<Duty extends JudgedDuty = DutyVerdict> {
  readonly verdict: VerdictValue | null;
  readonly findings: readonly Answered<Duty["findings"][number]>[];
  readonly obligations: readonly AnsweredObligation[];
  readonly gaps: readonly Answered<Duty["gaps"][number]>[];
}

/**
 * Explains a verdict by its duties.
 *
 * @param countedOf of a duty that is a limit, FLOP that count against it, or `null` where that is not known; nothing of others
 */
export function answerOf<Duty extends JudgedDuty>(
  verdict: VerdictValue | null,
  duties: readonly Duty[],
  countedOf: (duty: Duty) => bigint | null | undefined,
): Answer<Duty> {
  return {
    verdict,
    findings: duties.flatMap(({ findings }: Pick<Duty, "findings">) => findings.map(answered)),
    obligations: duties.map((duty) => {
      const counted = countedOf(duty);
      return {
        id: duty.id,
        limit: counted === undefined ? null : (duty.limits.at(-1) ?? null),
        counted: typeof counted === "bigint" ? `${counted} FLOP` : null,
        kept: duty.verdict === "verified" ? true : duty.verdict === "anomalous" ? false : null,
      };
    }),
    gaps: duties.flatMap(({ gaps }: Pick<Duty, "gaps">) => gaps.map(answered)),
  };
}

function answered<Told extends { readonly duty: string }>(told: Told): Answered<Told> {
  const { duty: obligation, ...rest } = told;
  return { ...rest, obligation };
}
