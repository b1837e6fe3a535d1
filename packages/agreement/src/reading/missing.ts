import { type Condition, readBy } from "../conditions/condition.ts";
import { type Reading, type Scales, wordsOf } from "../conditions/rule.ts";
import { isAtLeast, type Mode } from "../terms/mode.ts";
import { type Circumstances, Met } from "./met.ts";

/**
 * Conditions without parts which, if they all came to hold, would meet a condition, and none of which can be spared: the
 * proof of why a party is not bound. Counts and shares stand for the fewest parties that would fill them, named; where all together
 * would not, they stand for themselves.
 *
 * @returns nothing missing for a condition that is met
 * @example minimalMissing({ kind: "all", of: [clear, bound] }, given) // [bound]
 */
export function minimalMissing(condition: Condition, given: Circumstances): Condition[] {
  let missing = new Missing(given).missing(condition);
  for (const one of [...missing]) {
    const fewer = missing.filter((other) => other !== one);
    if (isMetSupposing(condition, fewer, given)) missing = fewer;
  }
  return missing;
}

/** Whether a condition would be met if certain conditions without parts were. */
export function isMetSupposing(
  condition: Condition,
  supposed: readonly Condition[],
  given: Circumstances,
): boolean {
  const bound = new Map(given.bound);
  for (const one of supposed) {
    if (one.kind !== "bound") continue;
    const before = bound.get(one.party);
    if (before === undefined || isAtLeast(one.mode, before)) bound.set(one.party, one.mode);
  }
  return new Supposed({ ...given, bound }, new Set(supposed.map(wordsOf))).part(condition);
}

/** Conditions read as yes or no, some being supposed. */
class Supposed extends Met {
  readonly #supposed: ReadonlySet<string>;

  constructor(given: Circumstances, supposed: ReadonlySet<string>) {
    super(given);
    this.#supposed = supposed;
  }

  override part(condition: Condition): boolean {
    return this.#supposed.has(wordsOf(condition)) || super.part(condition);
  }
}

interface Lack {
  readonly met: boolean;
  /** What would be enough; nothing where only the condition itself would. */
  readonly enough?: readonly Condition[];
}

/** Conditions read as what is lacking. */
class Missing implements Reading<Lack, Condition> {
  readonly world: Circumstances;
  readonly #plain: Met;

  constructor(given: Circumstances) {
    this.world = given;
    this.#plain = new Met(given);
  }

  missing(condition: Condition): Condition[] {
    const { met, enough = [condition] } = readBy(condition, this);
    return met ? [] : [...enough];
  }

  fact(met: boolean): Lack {
    return { met };
  }

  bound(party: string, mode: Mode): Lack {
    return { met: this.#plain.bound(party, mode) };
  }

  /** The fewest parties: the heaviest of those that would count if they were bound. */
  weighed(scales: Scales): Lack {
    let lacking = scales.need;
    const absent: { readonly party: string; readonly weight: number }[] = [];
    for (const party of scales.parties) {
      const weight = scales.weight(party);
      if (this.#plain.counts(scales, party)) lacking -= weight;
      else if (this.#plain.hasInstrument(scales, party)) absent.push({ party, weight });
    }
    if (lacking <= 0) return { met: true };
    const enough: Condition[] = [];
    for (const { party, weight } of absent.sort((a, b) => b.weight - a.weight)) {
      if (lacking <= 0) break;
      enough.push({ kind: "bound", party, mode: scales.mode });
      lacking -= weight;
    }
    return lacking > 0 ? { met: false } : { met: false, enough };
  }

  /** Of several conditions, those that lack least. */
  atLeast(number: number, of: readonly Condition[]): Lack {
    const open = of.map((part) => this.missing(part)).filter((lacking) => lacking.length > 0);
    const needed = number - (of.length - open.length);
    if (needed <= 0) return { met: true };
    if (needed > open.length) return { met: false };
    const chosen = new Set([...open].sort((a, b) => a.length - b.length).slice(0, needed));
    const enough = open.filter((lacking) => chosen.has(lacking)).flat();
    return { met: false, enough: unique(enough) };
  }

  not(condition: Condition): Lack {
    return { met: !this.#plain.part(condition) };
  }

  part(condition: Condition): Lack {
    return readBy(condition, this);
  }
}

function unique(conditions: readonly Condition[]): Condition[] {
  return [...new Map(conditions.map((one) => [wordsOf(one), one])).values()];
}
