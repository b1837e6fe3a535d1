import { isClear } from "../facts.ts";
import { type Condition, isAtLeast, MODES, type Mode } from "./condition.ts";
import { type Circumstances, heldKey, heldRecently, isFact, isMet, neededOf } from "./evaluate.ts";
import { GateList } from "./gate-list.ts";
import { countedIn, weightNeeded } from "./roll.ts";

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

/** What settling takes from the instant: everything but who is bound, which it finds. */
export type Given = Omit<Circumstances, "bound" | "instruments">;

/**
 * The greatest set of candidates whose conditions all hold while exactly that set is bound. All start bound; those
 * unsatisfied leave, round by round, until nobody does (Knaster and Tarski). Conditions are monotone, so the end is the
 * same in any order. The conditions become gates that count their true inputs, so that the whole costs one pass over
 * all conditions, however long the chain of departures is (Dowling and Gallier 1984, for Horn formulae).
 *
 * @param also a condition that everybody is under besides its own; not those who stay anyway
 * @example settle(new Map([["a", { mode: "cap", while: { bound: "b", mode: "cap" } }]]), given).rounds // [["a"]]
 */
export function settle(
  candidates: ReadonlyMap<string, Candidate>,
  given: Given,
  also: Condition = { all: [] },
): Settled {
  return new Circuit(candidates, given, also).settle();
}

/** A gate that is always true, and one that never is. */
const TRUE = 0;
const FALSE = 1;

class Circuit {
  readonly #candidates: ReadonlyMap<string, Candidate>;
  readonly #given: Given;
  readonly #facts: Circumstances;
  readonly #gates = new GateList();
  /** For each party the gates that say it is bound, one for each mode; -1 where nobody asks. */
  readonly #leaves = new Map<string, Int32Array>();
  readonly #shared = new Map<string, number>();
  /** Gates that feed what is being compiled, those of the outermost first. */
  readonly #inputs: number[] = [];
  readonly #parties: readonly string[];
  /** Gate of the first candidate's own; the others' follow. */
  readonly #firstRoot: number;

  constructor(candidates: ReadonlyMap<string, Candidate>, given: Given, also: Condition) {
    this.#candidates = candidates;
    this.#given = given;
    this.#facts = { ...given, bound: new Map(), instruments: new Map() };
    this.#gates.add(0);
    this.#gates.add(1);
    this.#parties = [...candidates.keys()];
    const conditions: number[] = [];
    const common = this.#compile(also);
    for (const { while: condition, staysAnyway } of candidates.values())
      conditions.push(staysAnyway === true ? TRUE : this.#both(this.#compile(condition), common));
    // Constants and shared gates are nobody's own, so each party gets a gate that only it has, one after the other.
    this.#firstRoot = this.#gates.size;
    for (let place = 0; place < conditions.length; place++) this.#gates.add(1);
    for (let place = 0; place < conditions.length; place++)
      this.#gates.feed(conditions[place] as number, this.#firstRoot + place, 1);
  }

  settle(): Settled {
    const bound = new Map<string, Mode>();
    for (const [party, { mode }] of this.#candidates) bound.set(party, mode);
    const rounds: string[][] = [];
    let leaving: number[] = [];
    for (let place = 0; place < this.#parties.length; place++)
      if (!this.#gates.isTrue(this.#firstRoot + place)) leaving.push(place);
    while (leaving.length > 0) {
      const round = leaving.map((place) => this.#parties[place] as string);
      rounds.push(round);
      for (const party of round) bound.delete(party);
      const fallen: number[] = [];
      for (const party of round) {
        const leaves = this.#leaves.get(party);
        if (leaves === undefined) continue;
        for (const leaf of leaves)
          if (leaf >= 0 && this.#gates.isTrue(leaf)) this.#gates.lose(leaf, 1, fallen);
      }
      leaving = [];
      for (const gate of fallen) {
        const place = gate - this.#firstRoot;
        if (place >= 0 && bound.has(this.#parties[place] as string)) leaving.push(place);
      }
      // In the order of the candidates, so that the same departures read the same.
      if (leaving.length > 1) leaving.sort((one, other) => one - other);
    }
    return { bound, rounds };
  }

  #compile(condition: Condition): number {
    if ("bound" in condition) return this.#leaf(condition.bound, condition.mode);
    if ("all" in condition) return this.#threshold(condition.all, condition.all.length);
    if ("clear" in condition) return isClear(this.#given.facts, condition.clear) ? TRUE : FALSE;
    if ("any" in condition) return this.#threshold(condition.any, 1);
    if ("count" in condition || "share" in condition || "held" in condition)
      return this.#compileShared(condition);
    if ("of" in condition && "atLeast" in condition)
      return this.#threshold(condition.of, condition.atLeast);
    const isTrue =
      "not" in condition ? isMet(condition, this.#facts) : isFact(condition, this.#facts);
    return isTrue ? TRUE : FALSE;
  }

  /** Counts, shares and what was held are the same for everybody who asks in the same words. */
  #compileShared(condition: Collective | Extract<Condition, { held: unknown }>): number {
    const key = heldKey(condition);
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const gate =
      "held" in condition
        ? heldRecently(condition, this.#given)
          ? TRUE
          : this.#compile(condition.held)
        : this.#collective(condition);
    this.#shared.set(key, gate);
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

  #threshold(parts: readonly Condition[], asked: number): number {
    // What is true whatever happens need not be counted again and again.
    let need = asked;
    const inputs = this.#inputs;
    const first = inputs.length;
    for (const part of parts) {
      const gate = this.#compile(part);
      if (gate === TRUE) need -= 1;
      else if (gate !== FALSE) inputs.push(gate);
    }
    let own = need <= 0 ? TRUE : FALSE;
    if (need > 0 && need <= inputs.length - first) {
      own = this.#gates.add(need);
      for (let i = first; i < inputs.length; i++) this.#gates.feed(inputs[i] as number, own, 1);
    }
    inputs.length = first;
    return own;
  }

  #leaf(party: string, mode: Mode): number {
    const candidate = this.#candidates.get(party);
    if (candidate === undefined || !isAtLeast(candidate.mode, mode)) return FALSE;
    let leaves = this.#leaves.get(party);
    if (leaves === undefined) {
      leaves = new Int32Array(MODES.length).fill(-1);
      this.#leaves.set(party, leaves);
    }
    const place = MODES.indexOf(mode);
    if ((leaves[place] as number) < 0) {
      // A leaf has what it needs until its party leaves.
      leaves[place] = this.#gates.add(1);
      this.#gates.gain(leaves[place] as number, 1);
    }
    return leaves[place] as number;
  }

  #collective(condition: Collective): number {
    const { roll } = this.#given;
    const mode = condition.mode ?? "cap";
    if ("count" in condition) {
      const counted = countedIn(roll, condition);
      const own = this.#gates.add(neededOf(condition.count, counted.length));
      const { instruments } = condition;
      for (const party of counted) {
        const kind = this.#candidates.get(party)?.instrument ?? "";
        if (instruments === undefined || instruments.includes(kind))
          this.#gates.feed(this.#leaf(party, mode), own, 1);
      }
      return own;
    }
    const table = roll.weights.get(condition.weight);
    if (table === undefined) return FALSE;
    const own = this.#gates.add(Number(weightNeeded(table, condition.share)));
    for (const [party, weight] of table.of)
      if (roll.counted.has(party)) this.#gates.feed(this.#leaf(party, mode), own, Number(weight));
    return own;
  }
}

type Collective = Extract<Condition, { count: unknown } | { share: string }>;
