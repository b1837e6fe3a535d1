import type { Random } from "./random.ts";
import { detrended, ranked, standardized } from "./series.ts";
import { ENOUGH_REACHED } from "./significance.ts";

/** The strongest even rhythm in a series. */
export interface Rhythm {
  /** It repeats every so many windows. */
  readonly lag: number;
  /** The least of its correlations with itself one, two and three repeats later, in thousandths. */
  readonly strength: number;
  /** The same of the strongest rhythm in any shuffled series. */
  readonly highestNull: number;
  /** How many of the shuffled series have one as strong. */
  readonly reached: number;
  /** Shuffled series that were drawn. */
  readonly shuffles: number;
}

const FEWEST_WINDOWS = 96;
const SHORTEST_LAG = 3;
/** Rhythms of up to so many windows are looked for, and at least eight repeats must fit. */
const LONGEST_LAG = 64;
const FEWEST_REPEATS = 8;
/** What decays is no rhythm: it must be there after one, two and three repeats. */
const REPEATS = 3;

/**
 * Looks for an even rhythm: values that are like those one, two and three repeats before. Slow trends are taken away, and ranks
 * count, not amounts. Compared with the same values shuffled, which keeps everything but their order.
 */
export function strongestRhythm(
  values: readonly number[],
  shuffles: number,
  random: Random,
): Rhythm | "too-short" {
  if (values.length < FEWEST_WINDOWS) return "too-short";
  const longest = Math.min(LONGEST_LAG, Math.floor(values.length / FEWEST_REPEATS));
  const unit = standardized(ranked(detrended(values)));
  const observed = strongest(unit, longest);
  let reached = 0;
  let highest = -1;
  let made = 0;
  while (made < shuffles && reached < ENOUGH_REACHED) {
    made++;
    const { strength } = strongest(shuffled(unit, random), longest);
    if (strength >= observed.strength) reached++;
    if (strength > highest) highest = strength;
  }
  return {
    lag: observed.lag,
    strength: Math.floor(observed.strength * 1000),
    highestNull: Math.floor(highest * 1000),
    reached,
    shuffles: made,
  };
}

function strongest(unit: Float64Array, longest: number) {
  const correlations = new Float64Array(longest * REPEATS + 1);
  for (let lag = SHORTEST_LAG; lag < correlations.length; lag++) {
    let sum = 0;
    for (let i = lag; i < unit.length; i++) sum += (unit[i] as number) * (unit[i - lag] as number);
    correlations[lag] = sum;
  }
  let best = { lag: SHORTEST_LAG, strength: -1 };
  for (let lag = SHORTEST_LAG; lag <= longest; lag++) {
    let strength = correlations[lag] as number;
    for (let k = 2; k <= REPEATS; k++)
      strength = Math.min(strength, correlations[lag * k] as number);
    if (strength > best.strength) best = { lag, strength };
  }
  return best;
}

function shuffled(values: Float64Array, random: Random): Float64Array {
  const copy = values.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = copy[i] as number;
    copy[i] = copy[j] as number;
    copy[j] = kept;
  }
  return copy;
}
