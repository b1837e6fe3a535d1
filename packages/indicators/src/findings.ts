import type { IndicatorName } from "@standstill/agreement";
import type { Proportion } from "@standstill/statistics";
import type { ShareBounds } from "./authorship/share-bounds.ts";
import { decimalText } from "./decimal.ts";
import type { Horizon } from "./horizon/horizon.ts";
import type { AgentMeasures } from "./oversight/agent-runs.ts";
import type { LoopClosure } from "./oversight/loop-closure.ts";
import type { Oversight } from "./oversight/pull-requests.ts";
import type { LikeForLike, NextStepWins } from "./progress/comparisons.ts";
import type { UpliftSummary } from "./progress/uplift.ts";
import type { MeasuredIndicator } from "./statements/measurement.ts";
import { type BreakTest, isBroken } from "./trend/break.ts";
import type { HorizonDoubling } from "./trend/horizon-doubling.ts";

/** One indicator of an answer, as a statement says it. */
export interface IndicatorFinding {
  readonly indicator: IndicatorName;
  readonly result: MeasuredIndicator["result"];
}

const NOTHING = "nothing was there to measure";

/** A share with its interval. */
export function shareFinding(indicator: IndicatorName, share: Proportion): IndicatorFinding {
  return numberFinding(indicator, share.share, share.low, share.high);
}

/** A number, with an interval where there is one; what cannot be said is said so. */
export function numberFinding(
  indicator: IndicatorName,
  value: number | null,
  low: number | null = null,
  high: number | null = null,
  isBeyondInstrument = false,
): IndicatorFinding {
  if (value === null) return { indicator, result: { cannotSay: NOTHING } };
  const text = (end: number | null) => (end === null ? null : decimalText(end));
  return {
    indicator,
    result: { value: decimalText(value), low: text(low), high: text(high), isBeyondInstrument },
  };
}

/** The longest horizon among models, at one half and at four fifths. */
export function horizonFindings(
  horizons: readonly Horizon[],
  limitMinutes: number,
): IndicatorFinding[] {
  const known = horizons.filter(({ p50Minutes }) => p50Minutes !== null);
  const best = known.reduce<Horizon | undefined>(
    (longest, one) => ((one.p50Minutes ?? 0) > (longest?.p50Minutes ?? 0) ? one : longest),
    undefined,
  );
  if (best === undefined) return [numberFinding("task-horizon-p50", null)];
  const { p50Minutes, p80Minutes, interval, extrapolated } = best;
  const isBeyond = (value: number | null) => (value ?? 0) > limitMinutes;
  return [
    numberFinding(
      "task-horizon-p50",
      p50Minutes,
      interval?.low,
      interval?.high,
      isBeyond(p50Minutes) || extrapolated?.p50 === true,
    ),
    numberFinding(
      "task-horizon-p80",
      p80Minutes,
      interval?.p80.low,
      interval?.p80.high,
      extrapolated?.p80 === true,
    ),
  ];
}

/** The doubling time of horizons, with the wider of its intervals. */
export function doublingFindings({
  doublingDays,
  scatterInterval: scatter,
  measurementInterval: errors,
}: HorizonDoubling): IndicatorFinding[] {
  const most = errors === null ? 0 : errors.high;
  const high = scatter.high === null || most === null ? null : Math.max(scatter.high, most);
  const low = Math.min(scatter.low, errors?.low ?? scatter.low);
  return [numberFinding("task-horizon-doubling", doublingDays, low, high)];
}

/** An AI's share of lines: the attested share with what is unknown as its interval, or that it cannot be said. */
export function authorshipFindings(
  added: ShareBounds | null,
  surviving: ShareBounds | null,
  coverage: number | null,
): IndicatorFinding[] {
  const share = (indicator: IndicatorName, bounds: ShareBounds | null): IndicatorFinding =>
    bounds === null || bounds.says === "cannot-say"
      ? { indicator, result: { cannotSay: "nothing in the history says who wrote it" } }
      : numberFinding(indicator, bounds.atLeast, bounds.atLeast, bounds.atMost);
  return [
    share("ai-line-share", added),
    ...(surviving === null ? [] : [share("ai-surviving-share", surviving)]),
    numberFinding("attribution-coverage", coverage),
  ];
}

/** Review of what AI wrote. */
export function oversightFindings({ humanReviewCoverage, aiOnly }: Oversight): IndicatorFinding[] {
  return [
    shareFinding("human-review-coverage", humanReviewCoverage),
    shareFinding("ai-only-share", aiOnly),
  ];
}

/** How far agents work alone, and how honestly. */
export function agentFindings(measures: AgentMeasures): IndicatorFinding[] {
  const { unattendedMinutes: alone, agentWorkdaysPerHumanWorkday: days } = measures;
  return [
    numberFinding("unattended-minutes", alone.p999, null, null, !alone.isEnoughForP999),
    numberFinding("interventions-per-run", measures.interventionsPerRun),
    shareFinding("unverified-claims", measures.unverifiedClaims),
    shareFinding("evaded-blocks", measures.evadedBlocks),
    numberFinding("subversions", measures.subversions),
    ...(days === null ? [] : [numberFinding("agent-workdays", days)]),
  ];
}

/** How far the loop is closed. */
export function closureFindings({ closure, missing }: LoopClosure): IndicatorFinding[] {
  if (closure !== null)
    return [numberFinding("loop-closure", closure.value, closure.low, closure.high)];
  const cannotSay = `no items of the stages ${missing.join(", ")}`;
  return [{ indicator: "loop-closure", result: { cannotSay } }];
}

/** Uplift by kind; what models put out is no uplift of labour, and is none of the indicators. */
export function upliftFindings(kinds: readonly UpliftSummary[]): IndicatorFinding[] {
  return kinds.flatMap(({ kind, value }) =>
    kind === "output" ? [] : [numberFinding(`uplift-${kind}`, value)],
  );
}

/** The best model's speedup; with several starting codes there is none that stands for all. */
export function speedupFindings(tests: readonly LikeForLike[]): IndicatorFinding[] {
  const [only] = tests;
  const best =
    tests.length === 1 && only !== undefined
      ? Math.max(...only.models.map(({ speedup }) => speedup))
      : null;
  return [numberFinding("optimisation-speedup", best)];
}

/** At how many moments a model's next step was better. */
export function nextStepFindings({ hard, control }: NextStepWins): IndicatorFinding[] {
  return [shareFinding("next-step-hard", hard), shareFinding("next-step-control", control)];
}

/** How many times as fast a series goes on after it changed its slope, where such a change is shown. */
export function breakFindings(test: BreakTest): IndicatorFinding[] {
  const hinge = test.fits.find(({ model }) => model === "hinge")?.slopeRatio ?? null;
  if (!isBroken(test) || test.fits[0]?.model === "jump" || hinge === null)
    return [{ indicator: "progress-ratio", result: { cannotSay: "no change of slope is shown" } }];
  return [numberFinding("progress-ratio", hinge.value, Math.max(0, hinge.low), hinge.high)];
}
