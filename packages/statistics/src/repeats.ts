import { at } from "./at.ts";
import { FIRST_HASH, hashWith } from "./hash.ts";

/** Rows of values over time: cell `row * count + column`. Where a cell has no reading its value says nothing. */
export interface SeriesTable {
  /** Columns of each row. */
  readonly count: number;
  readonly readings: Uint16Array;
  readonly values: Uint32Array | Float64Array;
}

/** A stretch of values that was there before. */
export interface Repeat {
  readonly row: number;
  readonly first: number;
  readonly length: number;
  /** Where the same values stand earlier. */
  readonly from: { readonly row: number; readonly first: number };
}

const FEWEST_VALUES = 12;
/** So many different values in the stretch: what stands still is no recording. */
const FEWEST_DIFFERENT = 8;
/** Of larger tables only stretches that begin at one in sixteen values are kept in mind: which ones their values tell. */
const LARGE_CELLS = 2_000_000;
const LARGE_STRIDE = 16;
/** Values so coarse that they give more stretches than this by chance cannot tell a recording. */
const MOST_BY_CHANCE = 10_000;
/** Values around a stretch that tell how often they follow each other by chance. */
const NEIGHBOURHOOD = 512;

/**
 * Finds a stretch of values that returns exactly, in the same row or another; two rows that are the same at the same time are another
 * matter. It must be so long that chance gives one with a probability of at most `rate`, if each step repeats as often as steps do
 * around it.
 *
 * @returns `"coarse"` where chance gives too many for any to tell something
 */
export function findRepeat(table: SeriesTable, rate: number): Repeat | "coarse" | undefined {
  const { values, count } = table;
  const cells = values.length;
  if (count < 2 * FEWEST_VALUES) return undefined;
  const stride = cells > LARGE_CELLS ? LARGE_STRIDE : 1;
  const slots = sizeFor(Math.ceil((2 * cells) / stride));
  const hashes = new Int32Array(slots);
  const places = new Int32Array(slots).fill(-1);
  let byChance = 0;
  for (let row = 0; row < cells / count; row++) {
    for (let first = 0; first + FEWEST_VALUES <= count; first++) {
      const cell = row * count + first;
      // Most stretches of a large table end here, so nothing is called for them.
      if (stride > 1 && Math.imul((values[cell] ?? 0) | 0, 0x9e3779b1) >>> 28 !== 0) continue;
      const hash = hashAt(table, cell);
      if (hash === undefined) continue;
      let slot = hash & (slots - 1);
      for (let tries = 0; tries < 64; tries++, slot = (slot + 1) & (slots - 1)) {
        const place = places[slot] ?? -1;
        if (place < 0) {
          hashes[slot] = hash;
          places[slot] = cell;
          break;
        }
        if (hashes[slot] !== hash) continue;
        const from = { row: Math.floor(place / count), first: place % count };
        if (from.first === first || (from.row === row && first - from.first < FEWEST_VALUES)) break;
        if (!isSame(table, place, cell)) continue;
        const repeat = wholeRepeat(table, { row, first }, from);
        if (isUnlikely(table, repeat, rate)) return repeat;
        if (++byChance > MOST_BY_CHANCE) return "coarse";
        break;
      }
    }
  }
  return undefined;
}

function hashAt({ values, readings }: SeriesTable, cell: number): number | undefined {
  if (values[cell] === 0) return undefined;
  let hash = FIRST_HASH;
  let different = 0;
  let before = Number.NaN;
  for (let i = cell; i < cell + FEWEST_VALUES; i++) {
    const value = values[i];
    if (readings[i] === 0 || value === undefined) return undefined;
    hash = hashWith(hash, value | 0);
    // The upper half of large counters matters too.
    hash = hashWith(hash, Math.floor(value / 4_294_967_296));
    if (value !== before) different++;
    before = value;
  }
  return different < FEWEST_DIFFERENT ? undefined : hash | 0;
}

function isSame({ values }: SeriesTable, a: number, b: number): boolean {
  const seen = new Set<number | undefined>();
  for (let i = 0; i < FEWEST_VALUES; i++) {
    if (values[a + i] !== values[b + i]) return false;
    seen.add(values[a + i]);
  }
  return seen.size >= FEWEST_DIFFERENT;
}

function wholeRepeat(
  { values, count }: SeriesTable,
  to: { readonly row: number; readonly first: number },
  from: { readonly row: number; readonly first: number },
): Repeat {
  let length = FEWEST_VALUES;
  const a = to.row * count;
  const b = from.row * count;
  while (
    Math.max(to.first, from.first) + length < count &&
    values[a + to.first + length] === values[b + from.first + length]
  )
    length++;
  return { row: to.row, first: to.first, length, from };
}

/** Whether chance gives such a stretch among all pairs of places with a probability below the rate. */
function isUnlikely(table: SeriesTable, repeat: Repeat, rate: number): boolean {
  const cells = table.values.length;
  const chance = chanceOfStep(table, repeat);
  let expected = (cells / 2) * cells;
  for (let length = 0; length < repeat.length; length++) {
    expected *= chance;
    if (expected < rate) return true;
  }
  return false;
}

/** How often two steps around the stretch are the same. A recording adds little to it: each of its steps meets one other. */
function chanceOfStep({ values, count }: SeriesTable, { row, first }: Repeat): number {
  const from = Math.max(0, first - NEIGHBOURHOOD / 2);
  const end = Math.min(count - 1, from + NEIGHBOURHOOD);
  const steps = new Map<number, number>();
  for (let column = from; column < end; column++) {
    const cell = row * count + column;
    const step = at(values, cell + 1) - at(values, cell);
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  let same = 0;
  for (const n of steps.values()) same += n * (n - 1);
  const pairs = (end - from) * (end - from - 1);
  // What never happened in so many pairs may still happen three times in them (the rule of three).
  return pairs === 0 ? 1 : Math.min(1, Math.max(same, 3) / pairs);
}

function sizeFor(least: number): number {
  let size = 1024;
  while (size < least) size *= 2;
  return size;
}
