import { type Condition, NOTHING_ASKED, ruleOf } from "../conditions/condition.ts";
import { type Reading, type Scales, type World, wordsOf } from "../conditions/rule.ts";
import { AgreementError } from "../error.ts";
import { isAtLeast, MODES, type Mode } from "../terms/mode.ts";
import { GateList } from "./gate-list.ts";

/** A party that asks to be bound: at which mode, by which kind of instrument, under which condition. */
export interface Candidate {
  readonly mode: Mode;
  readonly while: Condition;
  readonly instrument?: string | undefined;
  /** Whether it stays whatever its condition says, as within its grace. */
  readonly staysAnyway?: boolean;
}

/** What settling gives: who stays, and who left in which round. */
export interface Settled {
  readonly bound: ReadonlyMap<string, Mode>;
  readonly rounds: readonly (readonly string[])[];
}

/**
 * The greatest set of candidates whose conditions all hold while exactly that set is bound. All start bound; those
 * unsatisfied leave, round by round, until nobody does (Knaster and Tarski). Conditions are monotone, so the end is the
 * same in any order. The conditions become gates that count their true inputs, so that the whole costs one pass over
 * all conditions, however long the chain of departures is (Dowling and Gallier 1984, for Horn formulae).
 *
 * @param also a condition that everybody is under besides its own; not those who stay anyway
 * @throws AgreementError `contradictory-terms` for a condition that asks who is bound under `not`
 * @example settle(new Map([["a", { mode: "cap", while: { kind: "bound", party: "b", mode: "cap" } }]]), world).rounds // [["a"]]
 */
export function settle(
  candidates: ReadonlyMap<string, Candidate>,
  world: World,
  also: Condition = NOTHING_ASKED,
): Settled {
  return new Circuit(candidates, world, also).settle();
}

/** A gate that is always true, and one that never is. */
const TRUE = 0;
const FALSE = 1;

/** Conditions read as gates; the value of a condition is the number of its gate. */
class Circuit implements Reading<number, Condition> {
  readonly world: World;
  readonly #candidates: ReadonlyMap<string, Candidate>;
  readonly #gates = new GateList();
  /** For each mode the gates that say that a party is bound at it. */
  readonly #leaves: { readonly [AtMode in Mode]: Map<string, number> } = {
    cap: new Map(),
    taper: new Map(),
    pause: new Map(),
  };
  readonly #shared = new Map<string, number>();
  /** Gates that feed what is being compiled, those of the outermost first. */
  readonly #inputs: number[] = [];
  readonly #parties: readonly string[];
  /** Gate of the first candidate's own; the others' follow. */
  readonly #firstRoot: number;

  constructor(candidates: ReadonlyMap<string, Candidate>, world: World, also: Condition) {
    this.world = world;
    this.#candidates = candidates;
    this.#gates.add(0);
    this.#gates.add(1);
    this.#parties = [...candidates.keys()];
    const conditions: number[] = [];
    const common = this.part(also);
    for (const { while: condition, staysAnyway } of candidates.values())
      conditions.push(staysAnyway === true ? TRUE : this.#both(this.part(condition), common));
    // Constants and shared gates are nobody's own, so each party gets a gate that only it has, one after the other.
    this.#firstRoot = this.#gates.size;
    for (const _ of conditions) this.#gates.add(1);
    for (const [place, condition] of conditions.entries())
      this.#gates.feed(condition, this.#firstRoot + place, 1);
  }

  settle(): Settled {
    const bound = new Map<string, Mode>();
    for (const [party, { mode }] of this.#candidates) bound.set(party, mode);
    const rounds: string[][] = [];
    let leaving = this.#parties.filter((_, place) => !this.#gates.isTrue(this.#firstRoot + place));
    while (leaving.length > 0) {
      rounds.push(leaving);
      for (const party of leaving) bound.delete(party);
      const fallen: number[] = [];
      for (const party of leaving)
        for (const mode of MODES) {
          const leaf = this.#leaves[mode].get(party);
          if (leaf !== undefined && this.#gates.isTrue(leaf)) this.#gates.lose(leaf, 1, fallen);
        }
      // In the order of the candidates, so that the same departures read the same.
      const places = fallen.map((gate) => gate - this.#firstRoot).sort((one, other) => one - other);
      leaving = places.flatMap((place) => {
        const party = this.#parties[place];
        return party !== undefined && bound.has(party) ? [party] : [];
      });
    }
    return { bound, rounds };
  }

  fact(isSo: boolean): number {
    return isSo ? TRUE : FALSE;
  }

  bound(party: string, mode: Mode): number {
    const leaves = this.#leaves[mode];
    const known = leaves.get(party);
    if (known !== undefined) return known;
    const candidate = this.#candidates.get(party);
    if (candidate === undefined || !isAtLeast(candidate.mode, mode)) return FALSE;
    // A leaf has what it needs until its party leaves.
    const leaf = this.#gates.add(1);
    this.#gates.gain(leaf, 1);
    leaves.set(party, leaf);
    return leaf;
  }

  weighed({ need, parties, weight, mode, instruments }: Scales): number {
    const own = this.#gates.add(need);
    for (const party of parties) {
      const kind = this.#candidates.get(party)?.instrument ?? "";
      if (instruments === undefined || instruments.includes(kind))
        this.#gates.feed(this.bound(party, mode), own, weight(party));
    }
    return own;
  }

  atLeast(number: number, of: readonly Condition[]): number {
    // What is true whatever happens need not be counted again and again.
    let need = number;
    const inputs = this.#inputs;
    const first = inputs.length;
    for (const part of of) {
      const gate = this.part(part);
      if (gate === TRUE) need -= 1;
      else if (gate !== FALSE) inputs.push(gate);
    }
    let own = need <= 0 ? TRUE : FALSE;
    if (need > 0 && need <= inputs.length - first) {
      own = this.#gates.add(need);
      for (const gate of inputs.slice(first)) this.#gates.feed(gate, own, 1);
    }
    inputs.length = first;
    return own;
  }

  not(condition: Condition): number {
    const gate = this.part(condition);
    if (gate !== TRUE && gate !== FALSE)
      throw new AgreementError("contradictory-terms", "expected facts under not, got who is bound");
    return gate === TRUE ? FALSE : TRUE;
  }

  part(condition: Condition): number {
    const rule = ruleOf(condition);
    if (!rule.isShared) return rule.read(condition, this);
    const words = wordsOf(condition);
    const known = this.#shared.get(words);
    if (known !== undefined) return known;
    const gate = rule.read(condition, this);
    this.#shared.set(words, gate);
    return gate;
  }

  #both(one: number, other: number): number {
    if (other === TRUE || one === FALSE) return one;
    if (one === TRUE || other === FALSE) return other;
    const own = this.#gates.add(2);
    this.#gates.feed(one, own, 1);
    this.#gates.feed(other, own, 1);
    return own;
  }
}
