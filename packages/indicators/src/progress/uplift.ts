import { exponential, naturalLogarithm } from "@standstill/statistics";
import { z } from "zod";
import { IndicatorError } from "../error.ts";

/** How an uplift was found: asked, tried with and without AI, or read from what came out. They differ by factors, and are never mixed. */
export const UPLIFT_KINDS = ["self-report", "measured", "output"] as const;
/** One of the kinds. */
export type UpliftKind = (typeof UPLIFT_KINDS)[number];

const factor = z.number().gt(0).max(1e6);
/** A published or measured uplift: how many times as fast, or as much. */
export const upliftSchema = z.strictObject({
  kind: z.enum(UPLIFT_KINDS),
  value: factor,
  low: factor.optional(),
  high: factor.optional(),
  source: z.string().min(1).max(500),
  date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
});
/** An uplift with its source. */
export type Uplift = z.infer<typeof upliftSchema>;

/** A range of times as fast. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Elasticity of output in labour by which labour uplift becomes overall progress (AI Futures Project and others; see docs/indicators.md). */
export const ELASTICITY: Range = { low: 0.2, high: 0.38 };

/**
 * Overall speedup where a share of the work is sped up (Amdahl 1967).
 *
 * @throws RangeError where the share is not from 0 to 1, or the speedup not above 0
 * @example amdahl(0.8, 10) // 3.57…
 */
export function amdahl(share: number, speedup: number): number {
  if (!(share >= 0 && share <= 1 && speedup > 0))
    throw new RangeError(
      `expected a share from 0 to 1 and a speedup above 0, got ${share} and ${speedup}`,
    );
  return 1 / (1 - share + share / speedup);
}

/** Overall progress from an uplift of labour: uplift to the power of the elasticity. */
export function overallProgress(uplift: number, elasticity: Range = ELASTICITY): Range {
  const log = naturalLogarithm(uplift);
  const ends = [exponential(elasticity.low * log), exponential(elasticity.high * log)] as const;
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** The uplift of labour that an overall progress would need. */
export function labourNeeded(progress: number, elasticity: Range = ELASTICITY): Range {
  const log = naturalLogarithm(progress);
  const ends = [exponential(log / elasticity.high), exponential(log / elasticity.low)] as const;
  return { low: Math.min(...ends), high: Math.max(...ends) };
}

/** What estimates of one kind say together. */
export interface UpliftSummary {
  readonly kind: UpliftKind;
  readonly estimates: readonly Uplift[];
  /** Geometric mean. */
  readonly value: number;
  readonly overall: Range;
}

/** Sums estimates up, kind by kind. @throws IndicatorError where an interval does not hold its value */
export function upliftsByKind(estimates: readonly Uplift[]): UpliftSummary[] {
  for (const { value, low = value, high = value, source } of estimates) {
    if (low > value || high < value)
      throw new IndicatorError(
        "out-of-range",
        `expected an interval around ${value}, got ${low} to ${high}`,
        source,
      );
  }
  return UPLIFT_KINDS.flatMap((kind) => {
    const its = estimates.filter((one) => one.kind === kind);
    if (its.length === 0) return [];
    const mean = its.reduce((sum, { value }) => sum + naturalLogarithm(value), 0) / its.length;
    const value = exponential(mean);
    return [{ kind, estimates: its, value, overall: overallProgress(value) }];
  });
}
