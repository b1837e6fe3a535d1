import { type Condition, isAtLeast, type Mode } from "./condition.ts";
import { type Circumstances, heldRecently, isFact, isMet, neededOf } from "./evaluate.ts";
import { countedIn, weightNeeded } from "./roll.ts";

/** A party that asks to be bound: at which mode, by which kind of instrument, under which condition. */
export interface Candidate {
  readonly mode: Mode;
  readonly while: Condition;
  readonly instrument?: string | undefined;
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
 * @example settle(new Map([["a", { mode: "cap", while: { bound: "b", mode: "cap" } }]]), given).rounds // [["a"]]
 */
export function settle(candidates: ReadonlyMap<string, Candidate>, given: Given): Settled {
  const circuit = new Circuit(candidates, given);
  return circuit.settle();
}

class Circuit {
  readonly #candidates: ReadonlyMap<string, Candidate>;
  readonly #given: Given;
  /** What each gate needs and has; a gate is true while it has enough. */
  readonly #need: number[] = [];
  readonly #have: number[] = [];
  /** Gates that each gate feeds, and with what weight; shared gates feed many. */
  readonly #feeds: number[][] = [];
  readonly #weights: number[][] = [];
  readonly #leaves = new Map<string, number>();
  /** For each party, the gates that say it is bound at some mode. */
  readonly #leavesOf = new Map<string, number[]>();
  readonly #shared = new Map<string, number>();
  readonly #partyOfRoot = new Map<number, string>();
  readonly #order: ReadonlyMap<string, number>;
  readonly #facts: Circumstances;
  readonly #true: number;
  readonly #false: number;

  constructor(candidates: ReadonlyMap<string, Candidate>, given: Given) {
    this.#candidates = candidates;
    this.#given = given;
    this.#order = new Map([...candidates.keys()].map((party, i) => [party, i]));
    this.#facts = { ...given, bound: new Map(), instruments: new Map() };
    this.#true = this.#gate(0);
    this.#false = this.#gate(1);
    for (const [party, { while: condition }] of candidates)
      this.#partyOfRoot.set(this.#feed(this.#gate(1), [this.#compile(condition)]), party);
  }

  settle(): Settled {
    const bound = new Map([...this.#candidates].map(([party, { mode }]) => [party, mode]));
    const rounds: string[][] = [];
    let leaving: string[] = [];
    for (const [root, party] of this.#partyOfRoot) if (!this.#isTrue(root)) leaving.push(party);
    while (leaving.length > 0) {
      rounds.push(leaving);
      for (const party of leaving) bound.delete(party);
      const next: string[] = [];
      for (const party of leaving)
        for (const leaf of this.#leavesOf.get(party) ?? []) this.#lose(leaf, 1, next);
      // In the order of the candidates, so that the same departures read the same.
      leaving = next
        .filter((party) => bound.has(party))
        .sort((a, b) => (this.#order.get(a) as number) - (this.#order.get(b) as number));
    }
    return { bound, rounds };
  }

  #isTrue(gate: number): boolean {
    return (this.#have[gate] as number) >= (this.#need[gate] as number);
  }

  /** Takes weight from a gate; if that makes it false, from all that it feeds. */
  #lose(first: number, weight: number, left: string[]): void {
    const stack: [number, number][] = [[first, weight]];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const [gate, lost] = top;
      const before = this.#isTrue(gate);
      this.#have[gate] = (this.#have[gate] as number) - lost;
      if (!before || this.#isTrue(gate)) continue;
      const party = this.#partyOfRoot.get(gate);
      if (party !== undefined) left.push(party);
      const feeds = this.#feeds[gate] as number[];
      for (let i = 0; i < feeds.length; i++)
        stack.push([feeds[i] as number, (this.#weights[gate] as number[])[i] as number]);
    }
  }

  #gate(need: number): number {
    this.#need.push(need);
    this.#have.push(0);
    this.#feeds.push([]);
    this.#weights.push([]);
    return this.#need.length - 1;
  }

  /** Wires inputs to a gate. Inputs are made before the gates that they feed, so their truth is known. */
  #feed(gate: number, inputs: readonly number[], weights?: readonly number[]): number {
    for (const [i, input] of inputs.entries()) {
      const weight = weights?.[i] ?? 1;
      (this.#feeds[input] as number[]).push(gate);
      (this.#weights[input] as number[]).push(weight);
      if (this.#isTrue(input)) this.#have[gate] = (this.#have[gate] as number) + weight;
    }
    return gate;
  }

  #constant(value: boolean): number {
    return value ? this.#true : this.#false;
  }

  #compile(condition: Condition): number {
    if ("bound" in condition) return this.#leaf(condition.bound, condition.mode);
    if ("all" in condition) return this.#threshold(condition.all, condition.all.length);
    if ("any" in condition) return this.#threshold(condition.any, 1);
    if ("count" in condition || "share" in condition || "held" in condition) {
      const key = JSON.stringify(condition);
      const known = this.#shared.get(key);
      if (known !== undefined) return known;
      const made =
        "held" in condition
          ? heldRecently(condition, this.#given)
            ? this.#true
            : this.#compile(condition.held)
          : this.#collective(condition);
      this.#shared.set(key, made);
      return made;
    }
    if ("of" in condition && "atLeast" in condition)
      return this.#threshold(condition.of, condition.atLeast);
    const given = this.#facts;
    return this.#constant("not" in condition ? isMet(condition, given) : isFact(condition, given));
  }

  #threshold(parts: readonly Condition[], need: number): number {
    const inputs = parts.map((part) => this.#compile(part));
    return this.#feed(this.#gate(need), inputs);
  }

  #leaf(party: string, mode: Mode): number {
    const key = `${party} ${mode}`;
    const known = this.#leaves.get(key);
    if (known !== undefined) return known;
    const gate = this.#gate(1);
    const candidate = this.#candidates.get(party);
    if (candidate !== undefined && isAtLeast(candidate.mode, mode)) {
      this.#have[gate] = 1;
      const leaves = this.#leavesOf.get(party);
      if (leaves === undefined) this.#leavesOf.set(party, [gate]);
      else leaves.push(gate);
    }
    this.#leaves.set(key, gate);
    return gate;
  }

  #collective(condition: Extract<Condition, { count: unknown } | { share: string }>): number {
    const { roll } = this.#given;
    const mode = condition.mode ?? "cap";
    if ("count" in condition) {
      const counted = countedIn(roll, condition);
      const { instruments } = condition;
      const inputs = counted
        .filter(
          (party) =>
            instruments === undefined ||
            instruments.includes(this.#candidates.get(party)?.instrument ?? ""),
        )
        .map((party) => this.#leaf(party, mode));
      return this.#feed(this.#gate(neededOf(condition.count, counted.length)), inputs);
    }
    const table = roll.weights.get(condition.weight);
    if (table === undefined) return this.#false;
    const rows = [...table.of].filter(([party]) => roll.counted.has(party));
    const inputs = rows.map(([party]) => this.#leaf(party, mode));
    const gate = this.#gate(Number(weightNeeded(table, condition.share)));
    return this.#feed(
      gate,
      inputs,
      rows.map(([, weight]) => Number(weight)),
    );
  }
}
