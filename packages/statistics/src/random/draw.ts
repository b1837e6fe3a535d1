import { doubleAt } from "../at.ts";
import type { Random } from "./random.ts";

/** Numbers in another order, each order as likely (Fisher and Yates; Knuth 3.4.2, algorithm P). What is given stays as it is. */
export function shuffled(values: ArrayLike<number>, random: Random): Float64Array {
  const copy = Float64Array.from(values);
  for (let i = copy.length - 1; i > 0; i--) {
    const k = random.below(i + 1);
    const kept = doubleAt(copy, i);
    copy[i] = doubleAt(copy, k);
    copy[k] = kept;
  }
  return copy;
}

/** At most so many of a list, in its order: the others are left out one by one, each as likely. */
export function sampled<One>(list: readonly One[], most: number, random: Random): One[] {
  const rest = [...list];
  while (rest.length > most) rest.splice(random.below(rest.length), 1);
  return rest;
}
