import {
  at,
  closest,
  type Design,
  designOf,
  exceedances,
  type LeastSquares,
  leastSquares,
  naturalLogarithm,
  randomFrom,
  shuffled,
  studentQuantile,
} from "@standstill/statistics";
import { IndicatorError } from "../error.ts";
import type { DatedValue } from "./doubling.ts";

/** Ways in which a series may change: not at all; at once by a jump; its slope; or both. */
export const BREAK_MODELS = ["line", "jump", "hinge", "two-lines"] as const;
/** One of the ways. */
export type BreakModel = (typeof BREAK_MODELS)[number];

/** What the best break of one kind says. */
export interface BreakFit {
  readonly model: BreakModel;
  /** Day of the break; `null` for a line without one. */
  readonly day: number | null;
  /** Bayesian information criterion; the model with the least explains best for its parameters. */
  readonly bic: number;
  /** Slopes before and after, per day. */
  readonly before: number;
  readonly after: number;
  /** Slope after over slope before, with its 95 % interval; `null` where the slope before could be 0. */
  readonly slopeRatio: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
  } | null;
  readonly jump: number;
}

/** Whether a series changed, and how. */
export interface BreakTest {
  /** Best of each kind, by criterion, the best first. */
  readonly fits: readonly BreakFit[];
  /** Every break of the sweep with the ratio that it would give: a ratio that depends on where one cuts is no finding. */
  readonly sweep: readonly {
    readonly day: number;
    readonly slopeRatio: number | null;
    readonly bic: number;
  }[];
  /** Probability that a series without a break looks as broken, by permuting what is left of a line. */
  readonly probability: number;
}

const FEWEST_A_SIDE = 4;
const DAY_SCALE = 365;

/** Chance of a series as broken without a break, below which it counts as broken. */
const SIGNIFICANCE = 0.05;

/** Whether a change is shown. */
export function isBroken({ probability }: BreakTest): boolean {
  return probability < SIGNIFICANCE;
}

/**
 * Compares one line, a line with a jump, a hinge and two lines by the Bayesian information criterion, with the break swept over all
 * places that leave four points on either side. A jump and a change of slope look alike at their start; only the comparison tells.
 *
 * @throws IndicatorError `too-few-points` below eight
 */
export function testBreak(
  points: readonly DatedValue[],
  { replicates = 200, seed = 1 }: { readonly replicates?: number; readonly seed?: number } = {},
): BreakTest {
  const sorted = [...points].sort((a, b) => a.day - b.day);
  if (sorted.length < 2 * FEWEST_A_SIDE) {
    throw new IndicatorError(
      "too-few-points",
      `expected at least ${2 * FEWEST_A_SIDE} points, got ${sorted.length}`,
    );
  }
  const first = at(sorted, 0).day;
  const days = sorted.map(({ day }) => (day - first) / DAY_SCALE);
  const values = Float64Array.from(sorted, ({ value }) => value);
  const candidates = candidatesFor(days);
  const toDays = (fit: BreakFit): BreakFit => ({
    ...fit,
    day: fit.day === null ? null : first + fit.day * DAY_SCALE,
    before: fit.before / DAY_SCALE,
    after: fit.after / DAY_SCALE,
  });
  const all = candidates.map((candidate) => toDays(fitOf(candidate, values)));
  const fits = BREAK_MODELS.flatMap(
    (model) => leastOf(all.filter((fit) => fit.model === model)) ?? [],
  );
  return {
    fits: fits.sort((a, b) => a.bic - b.bic),
    sweep: all.flatMap(({ model, day, slopeRatio, bic }) =>
      model !== "hinge" || day === null
        ? []
        : [{ day, slopeRatio: slopeRatio?.value ?? null, bic }],
    ),
    probability: permuted(candidates, values, replicates, seed),
  };
}

/** A kind of break at a place. */
interface Candidate {
  readonly model: BreakModel;
  readonly place: number;
  readonly design: Design;
}

function candidatesFor(days: readonly number[]): Candidate[] {
  const line = designOf(columnsFor("line", days, 0));
  const found: Candidate[] = line === undefined ? [] : [{ model: "line", place: 0, design: line }];
  for (const place of placesIn(days)) {
    for (const model of ["jump", "hinge", "two-lines"] as const) {
      const design = designOf(columnsFor(model, days, place));
      if (design !== undefined) found.push({ model, place, design });
    }
  }
  return found;
}

function leastOf(fits: readonly BreakFit[]): BreakFit | undefined {
  return fits.reduce<BreakFit | undefined>(
    (best, fit) => (best === undefined || fit.bic < best.bic ? fit : best),
    undefined,
  );
}

function placesIn(days: readonly number[]): number[] {
  const places: number[] = [];
  for (let i = FEWEST_A_SIDE; i <= days.length - FEWEST_A_SIDE; i++) {
    const [a, b] = [at(days, i - 1), at(days, i)];
    if (b > a) places.push((a + b) / 2);
  }
  return places;
}

function columnsFor(model: BreakModel, days: readonly number[], place: number): number[][] {
  const one = days.map(() => 1);
  const step = days.map((day) => (day > place ? 1 : 0));
  const ramp = days.map((day) => Math.max(0, day - place));
  const more = { line: [], jump: [step], hinge: [ramp], "two-lines": [step, ramp] }[model];
  return [one, [...days], ...more];
}

function fitOf({ model, place, design }: Candidate, values: Float64Array): BreakFit {
  const fit = leastSquares(design, values);
  const [, before = 0] = fit.coefficients;
  const rampAt = model === "hinge" ? 2 : model === "two-lines" ? 3 : undefined;
  const change = rampAt === undefined ? 0 : at(fit.coefficients, rampAt);
  return {
    model,
    before,
    after: before + change,
    day: model === "line" ? null : place,
    bic: criterion(model, design, fit.residual, values),
    slopeRatio:
      rampAt === undefined ? null : ratioOf(fit, rampAt, values.length - design.columns.length),
    jump: model === "jump" || model === "two-lines" ? at(fit.coefficients, 2) : 0,
  };
}

function criterion(
  model: BreakModel,
  { columns }: Design,
  residual: number,
  values: Float64Array,
): number {
  const n = values.length;
  // The place of the break was chosen too, and counts as a parameter.
  const parameters = columns.length + (model === "line" ? 0 : 1);
  const least = 1e-12 * values.reduce((sum, value) => sum + value * value, 0) + Number.MIN_VALUE;
  return n * naturalLogarithm(Math.max(residual, least) / n) + parameters * naturalLogarithm(n);
}

/** Interval of (before + change) / before by Fieller's theorem (1954), which holds where the delta method does not. */
function ratioOf(
  { coefficients, covariance }: LeastSquares,
  rampAt: number,
  degrees: number,
): BreakFit["slopeRatio"] {
  const [before, change] = [at(coefficients, 1), at(coefficients, rampAt)];
  if (!(degrees > 0) || !(before > 0)) return null;
  const variance = covariance(1, 1);
  const t = studentQuantile(0.975, degrees);
  const a = before * before - t * t * variance;
  if (!(a > 0)) return null;
  const ratio = change / before;
  const b = before * change - t * t * covariance(1, rampAt);
  const c = change * change - t * t * covariance(rampAt, rampAt);
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { value: 1 + ratio, low: 1 + (b - root) / a, high: 1 + (b + root) / a };
}

function permuted(
  candidates: readonly Candidate[],
  values: Float64Array,
  replicates: number,
  seed: number,
): number {
  const [line, ...breaks] = candidates.filter(({ model }) => model !== "two-lines");
  if (line === undefined) return 1;
  const { coefficients } = closest(line.design, values);
  const [intercept = 0, slope = 0] = coefficients;
  const fitted = at(line.design.columns, 1).map((day) => intercept + slope * day);
  const rest = values.map((value, i) => value - at(fitted, i));
  const residualOf = ({ design }: Candidate, its: Float64Array) => closest(design, its).residual;
  // Jump and hinge have as many parameters, so the criterion orders them as what is left does.
  const gainOf = (its: Float64Array) =>
    -Math.min(...breaks.map((candidate) => residualOf(candidate, its))) / residualOf(line, its);
  const random = randomFrom(seed);
  const { reached, drawn } = exceedances(gainOf(values), replicates, () =>
    gainOf(shuffled(rest, random).map((value, k) => value + at(fitted, k))),
  );
  return (reached + 1) / (drawn + 1);
}
