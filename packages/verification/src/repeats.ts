/** Values by device and window: cell `d * count + w`, as windows of power and of counters are. */
export interface Table {
  readonly devices: readonly string[];
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

const FEWEST_WINDOWS = 12;
/** So many different values in the stretch: what stands still is no recording. */
const FEWEST_DIFFERENT = 8;
/** Of larger tables only stretches that begin at one in sixteen windows are kept in mind: which ones their values tell. */
const LARGE_CELLS = 2_000_000;
const LARGE_STRIDE = 16;
/** Values so coarse that they give more stretches than this by chance cannot tell a recording. */
const MOST_BY_CHANCE = 10_000;
/** Windows around a stretch that tell how often values follow each other by chance. */
const NEIGHBOURHOOD = 512;

/**
 * Finds a stretch of values that returns exactly, on the same device or another; two devices that read the same at the same time
 * are another matter. It must be so long that chance gives one with a probability of at most `rate`, if each step repeats as often as
 * steps do around it.
 *
 * @returns `"coarse"` where chance gives too many for any to tell something
 */
export function findRepeat(table: Table, rate: number): Repeat | "coarse" | undefined {
  const cells = table.values.length;
  if (table.count < 2 * FEWEST_WINDOWS) return undefined;
  const stride = cells > LARGE_CELLS ? LARGE_STRIDE : 1;
  const slots = sizeFor(Math.ceil((2 * cells) / stride));
  const hashes = new Int32Array(slots);
  const places = new Int32Array(slots).fill(-1);
  const { values } = table;
  let byChance = 0;
  for (let row = 0; row < table.devices.length; row++) {
    for (let first = 0; first + FEWEST_WINDOWS <= table.count; first++) {
      const at = row * table.count + first;
      // Most windows of a large table end here, so nothing is called for them.
      if (stride > 1 && Math.imul((values[at] as number) | 0, 0x9e3779b1) >>> 28 !== 0) continue;
      const hash = hashAt(table, at);
      if (hash === undefined) continue;
      let slot = hash & (slots - 1);
      for (let tries = 0; tries < 64; tries++, slot = (slot + 1) & (slots - 1)) {
        const place = places[slot] as number;
        if (place < 0) {
          hashes[slot] = hash;
          places[slot] = at;
          break;
        }
        if (hashes[slot] !== hash) continue;
        const from = { row: Math.floor(place / table.count), first: place % table.count };
        if (from.first === first || (from.row === row && first - from.first < FEWEST_WINDOWS))
          break;
        if (!isSame(table, place, at)) continue;
        const repeat = wholeRepeat(table, { row, first }, from);
        if (isUnlikely(table, repeat, rate)) return repeat;
        if (++byChance > MOST_BY_CHANCE) return "coarse";
        break;
      }
    }
  }
  return undefined;
}

function hashAt({ values, readings }: Table, at: number): number | undefined {
  if (values[at] === 0) return undefined;
  let hash = 0x811c9dc5;
  let different = 0;
  let before = Number.NaN;
  for (let i = at; i < at + FEWEST_WINDOWS; i++) {
    if (readings[i] === 0) return undefined;
    const value = values[i] as number;
    // The upper half of large counters matters too.
    hash = Math.imul(hash ^ (value | 0), 0x01000193);
    hash = Math.imul(hash ^ Math.floor(value / 4_294_967_296), 0x01000193);
    if (value !== before) different++;
    before = value;
  }
  return different < FEWEST_DIFFERENT ? undefined : hash | 0;
}

function isSame({ values }: Table, a: number, b: number): boolean {
  const seen = new Set<number>();
  for (let i = 0; i < FEWEST_WINDOWS; i++) {
    if (values[a + i] !== values[b + i]) return false;
    seen.add(values[a + i] as number);
  }
  return seen.size >= FEWEST_DIFFERENT;
}

function wholeRepeat(
  { values, count }: Table,
  to: { readonly row: number; readonly first: number },
  from: { readonly row: number; readonly first: number },
): Repeat {
  let length = FEWEST_WINDOWS;
  const a = to.row * count;
  const b = from.row * count;
  while (
    Math.max(to.first, from.first) + length < count &&
    values[a + to.first + length] === values[b + from.first + length]
  )
    length++;
  return { ...to, length, from };
}

/** Whether chance gives such a stretch among all pairs of places with a probability below the rate. */
function isUnlikely(table: Table, repeat: Repeat, rate: number): boolean {
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
function chanceOfStep({ values, count }: Table, { row, first }: Repeat): number {
  const from = Math.max(0, first - NEIGHBOURHOOD / 2);
  const end = Math.min(count - 1, from + NEIGHBOURHOOD);
  const steps = new Map<number, number>();
  for (let w = from; w < end; w++) {
    const at = row * count + w;
    const step = (values[at + 1] as number) - (values[at] as number);
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
