import type { PageTest } from "../page.ts";
import { normalCumulative } from "./normal.ts";

const POINTS = 60;

/**
 * Mean number of periods until Page's test alarms, where residuals are normal with standard deviation one around a shift, one-sided.
 * Page's integral equation with an atom at nought, by Gauss and Legendre's rule. For design, not for judgement: it uses the
 * engine's exponential.
 *
 * @example averageRunLength({ reference: 0.5, limit: 4 }, 0) // 335.37
 */
export function averageRunLength({ reference, limit }: PageTest, shift: number): number {
  const { nodes, weights } = gaussLegendre(POINTS, limit);
  const mean = shift - reference;
  // Unknowns: the run length from nought, and from each node.
  const size = POINTS + 1;
  const starts = [0, ...nodes];
  const matrix = starts.map((from, i) => {
    const row = new Float64Array(size);
    row[0] = -normalCumulative(-from - mean);
    for (let k = 0; k < POINTS; k++) {
      row[k + 1] = -(weights[k] as number) * density((nodes[k] as number) - from - mean);
    }
    row[i] = (row[i] as number) + 1;
    return row;
  });
  return (solve(matrix, new Float64Array(size).fill(1)) as Float64Array)[0] as number;
}

const STATES = 160;

/**
 * Probability that Page's test alarms within so many periods, one-sided (Brook and Evans, Biometrika 1972, a chain of states).
 * For design, not for judgement.
 */
export function alarmProbability(
  { reference, limit }: PageTest,
  shift: number,
  periods: number,
): number {
  const width = (2 * limit) / (2 * STATES - 1);
  const mean = shift - reference;
  const transitions = Array.from({ length: STATES }, (_, from) =>
    Float64Array.from({ length: STATES }, (_, to) => {
      const upper = normalCumulative((to - from + 0.5) * width - mean);
      return to === 0 ? upper : upper - normalCumulative((to - from - 0.5) * width - mean);
    }),
  );
  let present = new Float64Array(STATES);
  present[0] = 1;
  for (let period = 0; period < periods; period++) {
    const next = new Float64Array(STATES);
    for (let from = 0; from < STATES; from++) {
      const share = present[from] as number;
      const row = transitions[from] as Float64Array;
      for (let to = 0; to < STATES; to++)
        next[to] = (next[to] as number) + share * (row[to] as number);
    }
    present = next;
  }
  return 1 - present.reduce((sum, share) => sum + share, 0);
}

/**
 * The limit at which Page's test alarms with a given probability within so many periods of which nothing is wrong: a budget of false
 * alarms for the whole time, and not for each period. For design: the limit is written into terms, and judged by there.
 */
export function limitForHorizon(reference: number, periods: number, falseAlarms: number): number {
  let [low, high] = [0.05, 20];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (alarmProbability({ reference, limit: middle }, 0, periods) > falseAlarms) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function density(x: number): number {
  return Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** Nodes and weights of Gauss and Legendre's rule from nought to a length. */
function gaussLegendre(
  points: number,
  length: number,
): { nodes: Float64Array; weights: Float64Array } {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let [before, value] = [1, x];
      for (let n = 2; n <= points; n++) {
        [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
      }
      slope = (points * (x * value - before)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[i] = (length * (x + 1)) / 2;
    weights[i] = length / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

/** Solution of linear equations, by elimination with pivots. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(at(matrix, row, column)) > Math.abs(at(matrix, pivot, column))) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [
      matrix[pivot] as Float64Array,
      matrix[column] as Float64Array,
    ];
    [right[column], right[pivot]] = [right[pivot] as number, right[column] as number];
    for (let row = column + 1; row < size; row++) {
      const factor = at(matrix, row, column) / at(matrix, column, column);
      for (let k = column; k < size; k++) {
        (matrix[row] as Float64Array)[k] = at(matrix, row, k) - factor * at(matrix, column, k);
      }
      right[row] = (right[row] as number) - factor * (right[column] as number);
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = right[row] as number;
    for (let k = row + 1; k < size; k++) rest -= at(matrix, row, k) * (right[k] as number);
    right[row] = rest / at(matrix, row, row);
  }
  return right;
}

function at(matrix: readonly Float64Array[], row: number, column: number): number {
  return (matrix[row] as Float64Array)[column] as number;
}
