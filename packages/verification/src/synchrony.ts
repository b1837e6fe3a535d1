import type { Windows } from "@standstill/evidence";
import { there } from "@standstill/record";
import { commonMovement, FIRST_HASH, hashWith, type Random, sampled } from "@standstill/statistics";
import { thresholds } from "./methods/draft/thresholds.ts";

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

/**
 * Tests whether nodes move together as nodes of one training run do (`commonMovement` of their power). Nodes with
 * identical readings count once, because two nodes behind one meter would move together whatever they do. Only the
 * longest stretch of work is compared, without its ends: servers switched on together are no training run, and nodes may start and stop
 * together for any reason. More nodes than some add time and little power; which ones is drawn.
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
    complete.map((w) => there(windows.powerMilliwatts[row * windows.count + w]));
  const series = sampled(
    distinct(windows, rows, complete),
    thresholds.synchrony.mostNodes,
    random,
  ).map(valuesOf);
  if (series.length < 2) return "one-node";
  if (complete.length < thresholds.synchrony.fewestWindows) return "too-short";
  const { correlation, highest, reached, drawn } = commonMovement(series, shifts, random);
  return {
    correlation,
    highestNull: highest,
    reached,
    shifts: drawn,
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
    else pairs.push([there(windows.devices[twin]), device]);
  }
  return pairs;
}

function rowOf(windows: Windows, row: number): Uint32Array {
  return windows.powerMilliwatts.subarray(row * windows.count, (row + 1) * windows.count);
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
    if (rows.every((row) => there(windows.readings[row * windows.count + w]) > 0)) complete.push(w);
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
    for (const row of rows) sum += there(windows.powerMilliwatts[row * windows.count + w]);
    if (sum > idleMilliwatts * rows.length) current.push(w);
    else current = [];
    if (current.length > best.length) best = current;
  }
  const edge = Math.floor(best.length / thresholds.synchrony.edgeDivisor);
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
    for (const w of complete) hash = hashWith(hash, there(powerMilliwatts[row * count + w]));
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
