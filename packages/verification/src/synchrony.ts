import type { Windows } from "@standstill/evidence";
import type { Random } from "./random.ts";
import { detrended, ranked, standardized } from "./series.ts";
import { ENOUGH_REACHED } from "./significance.ts";

/** Result of testing whether nodes move together. */
export interface Synchrony {
  /** Mean correlation between nodes, in thousandths. */
  readonly correlation: number;
  /** Highest mean correlation of the time-shifted series, in thousandths. */
  readonly highestNull: number;
  /** How many of the `shifts` time-shifted draws that were made reached the observed correlation. */
  readonly reached: number;
  readonly shifts: number;
  /** Nodes with distinct readings that were compared, and windows in each. */
  readonly nodes: number;
  readonly windows: number;
}

/** Why nodes cannot be tested. */
export type Untestable = "one-node" | "too-short";

const FEWEST_WINDOWS = 12;
/** The tenth of a stretch at each end is left out: nodes may start and stop together for any reason. */
const EDGE_DIVISOR = 10;
/** More nodes than this add time and little power; which ones is drawn. */
const MOST_NODES = 16;
/**
 * Tests whether nodes move together as nodes of one training run do: mean rank correlation of their power after the
 * slow trend is removed, against the same series shifted in time by independent random offsets. Shifting keeps each
 * series' level, variance and rhythm, so none of these can decide; only moving at the same instants can. Nodes with
 * identical readings count once, because two nodes behind one meter would move together whatever they do. Only the
 * longest stretch of work is compared, without its ends: servers switched on together are no training run.
 *
 * @param rows rows of `windows` to compare
 * @param from first window; `to` is the window after the last
 * @param idleMilliwatts power up to which a node counts as idle
 */
export function testSynchrony(
  windows: Windows,
  rows: readonly number[],
  from: number,
  to: number,
  idleMilliwatts: number,
  shifts: number,
  random: Random,
): Synchrony | Untestable {
  const complete = workingStretch(
    windows,
    rows,
    completeWindows(windows, rows, from, to),
    idleMilliwatts,
  );
  const valuesOf = (row: number) =>
    complete.map((w) => windows.powerMilliwatts[row * windows.count + w] as number);
  const series = drawn(distinct(windows, rows, complete), random).map(valuesOf);
  if (series.length < 2) return "one-node";
  if (complete.length < FEWEST_WINDOWS) return "too-short";
  const units = series.map((values) => standardized(ranked(detrended(values))));
  const observed = meanCorrelation(
    units,
    units.map(() => 0),
  );
  let reached = 0;
  let highest = -1;
  let made = 0;
  while (made < shifts && reached < ENOUGH_REACHED) {
    made++;
    const shifted = meanCorrelation(
      units,
      units.map(() => random.below(complete.length)),
    );
    if (shifted >= observed) reached++;
    if (shifted > highest) highest = shifted;
  }
  return {
    correlation: Math.floor(observed * 1000),
    highestNull: Math.floor(highest * 1000),
    reached,
    shifts: made,
    nodes: series.length,
    windows: complete.length,
  };
}

/** Pairs of devices whose readings are the same in every window that has any: one meter read twice, or a copy. */
export function identicalPairs(windows: Windows): [string, string][] {
  const seen = new Map<number, number[]>();
  const pairs: [string, string][] = [];
  for (const [row, device] of windows.devices.entries()) {
    const own = rowOf(windows, row);
    if (own.every((power) => power === own[0])) continue;
    const key = hashOf(own);
    const alike = seen.get(key) ?? [];
    const twin = alike.find((other) => rowOf(windows, other).every((power, i) => power === own[i]));
    if (twin === undefined) seen.set(key, [...alike, row]);
    else pairs.push([windows.devices[twin] as string, device]);
  }
  return pairs;
}

function rowOf(windows: Windows, row: number): Uint32Array {
  return windows.powerMilliwatts.subarray(row * windows.count, (row + 1) * windows.count);
}

/** A quick whole-number hash (Fowler, Noll and Vo); rows that share it are compared value by value. */
const FIRST_HASH = 0x811c9dc5;
function hashWith(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193);
}

function hashOf(values: Uint32Array): number {
  let hash = FIRST_HASH;
  for (const value of values) hash = hashWith(hash, value);
  return hash;
}

function completeWindows(
  windows: Windows,
  rows: readonly number[],
  from: number,
  to: number,
): number[] {
  const complete: number[] = [];
  for (let w = from; w < to; w++) {
    if (rows.every((row) => (windows.readings[row * windows.count + w] as number) > 0))
      complete.push(w);
  }
  return complete;
}

/** The longest run of windows in which the nodes draw more than idling on average, less a tenth at each end. */
function workingStretch(
  windows: Windows,
  rows: readonly number[],
  complete: readonly number[],
  idleMilliwatts: number,
): number[] {
  let best: number[] = [];
  let current: number[] = [];
  for (const w of complete) {
    let sum = 0;
    for (const row of rows) sum += windows.powerMilliwatts[row * windows.count + w] as number;
    if (sum > idleMilliwatts * rows.length) current.push(w);
    else current = [];
    if (current.length > best.length) best = current;
  }
  const edge = Math.floor(best.length / EDGE_DIVISOR);
  return best.slice(edge, best.length - edge);
}

/** Rows of which no earlier one has the same values in these windows. */
function distinct(
  { powerMilliwatts, count }: Windows,
  rows: readonly number[],
  complete: readonly number[],
): number[] {
  const alike = new Map<number, number[]>();
  return rows.filter((row) => {
    let hash = FIRST_HASH;
    for (const w of complete) hash = hashWith(hash, powerMilliwatts[row * count + w] as number);
    const known = alike.get(hash) ?? [];
    const isTwin = known.some((other) =>
      complete.every(
        (w) => powerMilliwatts[other * count + w] === powerMilliwatts[row * count + w],
      ),
    );
    if (!isTwin) alike.set(hash, [...known, row]);
    return !isTwin;
  });
}

/** At most `MOST_NODES` of the rows, by selection without replacement. */
function drawn(rows: readonly number[], random: Random): number[] {
  const rest = [...rows];
  while (rest.length > MOST_NODES) rest.splice(random.below(rest.length), 1);
  return rest;
}

/** Mean over all pairs, from the length of the sum: |Σu|² = n + n(n-1)·mean for vectors of length 1. */
function meanCorrelation(units: readonly Float64Array[], offsets: readonly number[]): number {
  const length = (units[0] as Float64Array).length;
  const total = new Float64Array(length);
  for (const [k, unit] of units.entries()) {
    // Two straight runs instead of a remainder for each element: this is the hottest loop of a verdict.
    const offset = offsets[k] as number;
    for (let i = 0, from = offset; from < length; i++, from++)
      total[i] = (total[i] as number) + (unit[from] as number);
    for (let i = length - offset, from = 0; from < offset; i++, from++) {
      total[i] = (total[i] as number) + (unit[from] as number);
    }
  }
  let squares = 0;
  for (const value of total) squares += value * value;
  const n = units.length;
  return (squares - n) / (n * (n - 1));
}
