import { at, doubleAt } from "../../at.ts";
import { normalCumulative, normalDensity } from "../../distributions/normal.ts";
import { leastWhere } from "../../elementary/halving.ts";
import { solved } from "../../regression/linear.ts";
import type { PageTest } from "../page.ts";
import { gaussLegendre } from "./gauss-legendre.ts";

const POINTS = 60;

/**
 * Mean number of periods until Page's test alarms, where residuals are normal with standard deviation one around a shift, one-sided.
 * Page's integral equation with an atom at nought, by Gauss and Legendre's rule.
 *
 * @example averageRunLength({ reference: 0.5, limit: 4 }, 0) // 335.37
 */
export function averageRunLength({ reference, limit }: PageTest, shift: number): number {
  const { nodes, weights } = gaussLegendre(POINTS, limit);
  const mean = shift - reference;
  // Unknowns: the run length from nought, and from each node.
  const matrix = [0, ...nodes].map((from, i) => {
    const row = Float64Array.of(
      -normalCumulative(-from - mean),
      ...nodes.map((node, k) => -doubleAt(weights, k) * normalDensity(node - from - mean)),
    );
    row[i] = doubleAt(row, i) + 1;
    return row;
  });
  const lengths = solved(
    matrix,
    matrix.map(() => [1]),
  );
  return lengths === undefined ? Number.NaN : at(at(lengths, 0), 0);
}

const STATES = 160;

/** Probability that Page's test alarms within so many periods, one-sided (Brook and Evans, Biometrika 1972, a chain of states). */
export function alarmProbability(
  { reference, limit }: PageTest,
  shift: number,
  periods: number,
): number {
  const width = (2 * limit) / (2 * STATES - 1);
  const mean = shift - reference;
  // How likely the state rises by so many steps or fewer depends on their difference only.
  const rises = Float64Array.from({ length: 2 * STATES }, (_, k) =>
    normalCumulative((k - STATES + 0.5) * width - mean),
  );
  const within = (from: number, to: number) => doubleAt(rises, to - from + STATES);
  const transitions = Array.from({ length: STATES }, (_, from) =>
    Float64Array.from({ length: STATES }, (_one, to) =>
      to === 0 ? within(from, to) : within(from, to) - within(from, to - 1),
    ),
  );
  let present = new Float64Array(STATES);
  present[0] = 1;
  for (let period = 0; period < periods; period++) {
    const next = new Float64Array(STATES);
    for (const [from, row] of transitions.entries()) {
      const share = doubleAt(present, from);
      for (let to = 0; to < STATES; to++) next[to] = doubleAt(next, to) + share * doubleAt(row, to);
    }
    present = next;
  }
  return 1 - present.reduce((sum, share) => sum + share, 0);
}

/**
 * The limit at which Page's test alarms with a given probability within so many periods of which nothing is wrong: a budget of false
 * alarms for the whole time, and not for each period.
 */
export function limitForHorizon(reference: number, periods: number, falseAlarms: number): number {
  return leastWhere(
    0.05,
    20,
    (limit) => alarmProbability({ reference, limit }, 0, periods) <= falseAlarms,
    40,
  );
}
