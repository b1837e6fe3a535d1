import { doubleAt } from "../at.ts";
import { shuffled } from "../random/draw.ts";
import type { Random } from "../random/random.ts";
import { ordinalRanks } from "../ranks.ts";
import { detrended, standardized } from "../series.ts";
import { exceedances } from "./exceedances.ts";

/** The strongest even rhythm in a series, and how it stands among the same values shuffled. */
export interface Rhythm {
  /** It repeats every so many values. */
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

const FEWEST_VALUES = 96;
const SHORTEST_LAG = 3;
/** Rhythms of up to so many values are looked for, and at least eight repeats must fit. */
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
  if (values.length < FEWEST_VALUES) return "too-short";
  const longest = Math.min(LONGEST_LAG, Math.floor(values.length / FEWEST_REPEATS));
  const unit = standardized(ordinalRanks(detrended(values)));
  const { lag, strength } = strongest(unit, longest);
  const { reached, drawn, highest } = exceedances(
    strength,
    shuffles,
    () => strongest(shuffled(unit, random), longest).strength,
  );
  return {
    lag,
    strength: Math.floor(strength * 1000),
    highestNull: Math.floor(highest * 1000),
    reached,
    shuffles: drawn,
  };
}

function strongest(unit: Float64Array, longest: number): { lag: number; strength: number } {
  const correlations = new Float64Array(longest * REPEATS + 1);
  for (let lag = SHORTEST_LAG; lag < correlations.length; lag++) {
    let sum = 0;
    for (let i = lag; i < unit.length; i++) sum += doubleAt(unit, i) * doubleAt(unit, i - lag);
    correlations[lag] = sum;
  }
  let best = { lag: SHORTEST_LAG, strength: -1 };
  for (let lag = SHORTEST_LAG; lag <= longest; lag++) {
    let strength = doubleAt(correlations, lag);
    for (let k = 2; k <= REPEATS; k++)
      strength = Math.min(strength, doubleAt(correlations, lag * k));
    if (strength > best.strength) best = { lag, strength };
  }
  return best;
}
