import { type Condition, ruleOf } from "../conditions/condition.ts";
import { type Reading, type Scales, type World, wordsOf } from "../conditions/rule.ts";
import { isAtLeast, type Mode } from "../terms/mode.ts";

/** What conditions are judged by at one instant: the world, and who is bound. */
export interface Circumstances extends World {
  /** Who is bound, and at which mode. */
  readonly bound: ReadonlyMap<string, Mode>;
  /** Kind of each party's instrument, where it gave one. */
  readonly instruments: ReadonlyMap<string, string>;
}

/**
 * Whether a condition is met.
 *
 * @example isMet({ kind: "bound", party: "aster", mode: "cap" }, given)
 */
export function isMet(condition: Condition, given: Circumstances): boolean {
  return new Met(given).part(condition);
}

/** Conditions read as yes or no; what is the same for everybody who asks is read once. */
export class Met implements Reading<boolean, Condition> {
  readonly world: Circumstances;
  readonly #shared = new Map<string, boolean>();

  constructor(given: Circumstances) {
    this.world = given;
  }

  fact(isSo: boolean): boolean {
    return isSo;
  }

  bound(party: string, mode: Mode): boolean {
    const own = this.world.bound.get(party);
    return own !== undefined && isAtLeast(own, mode);
  }

  weighed(scales: Scales): boolean {
    let weight = 0;
    for (const party of scales.parties) {
      if (weight >= scales.need) break;
      if (this.counts(scales, party)) weight += scales.weight(party);
    }
    return weight >= scales.need;
  }

  /** Whether a party counts on scales: bound at the mode, by one of the instruments. */
  counts(scales: Scales, party: string): boolean {
    return this.bound(party, scales.mode) && this.hasInstrument(scales, party);
  }

  /** Whether a party's instrument is of a kind that counts on scales. */
  hasInstrument({ instruments }: Scales, party: string): boolean {
    return (
      instruments === undefined || instruments.includes(this.world.instruments.get(party) ?? "")
    );
  }

  atLeast(number: number, of: readonly Condition[]): boolean {
    let lacking = number;
    let left = of.length;
    for (const part of of) {
      if (lacking <= 0 || left < lacking) break;
      if (this.part(part)) lacking -= 1;
      left -= 1;
    }
    return lacking <= 0;
  }

  not(condition: Condition): boolean {
    return !this.part(condition);
  }

  part(condition: Condition): boolean {
    const rule = ruleOf(condition);
    if (!rule.isShared) return rule.read(condition, this);
    const words = wordsOf(condition);
    const known = this.#shared.get(words);
    if (known !== undefined) return known;
    const met = rule.read(condition, this);
    this.#shared.set(words, met);
    return met;
  }
}
