/**
 * Gates that are true while they have enough: each needs an amount, has an amount, and feeds others with a weight. Kept
 * in columns, as there is one for every part of every condition.
 */
export class GateList {
  #need = new Float64Array(SMALL);
  #have = new Float64Array(SMALL);
  /** First edge out of each gate, or -1. */
  #first = new Int32Array(SMALL);
  #gates = 0;
  #target = new Int32Array(SMALL);
  #weight = new Float64Array(SMALL);
  /** Next edge out of the same gate, or -1. */
  #next = new Int32Array(SMALL);
  #edges = 0;

  /** How many gates there are. */
  get size(): number {
    return this.#gates;
  }

  /** Adds a gate that needs so much, and has nothing yet. */
  add(need: number): number {
    const gate = this.#gates++;
    if (gate === this.#need.length) {
      this.#need = grown(this.#need, new Float64Array(gate * 2));
      this.#have = grown(this.#have, new Float64Array(gate * 2));
      this.#first = grown(this.#first, new Int32Array(gate * 2));
    }
    this.#need[gate] = need;
    this.#first[gate] = -1;
    return gate;
  }

  /** Whether a gate has what it needs. */
  isTrue(gate: number): boolean {
    return at(this.#have, gate) >= at(this.#need, gate);
  }

  /** Gives a gate so much, before anything is fed by it. */
  gain(gate: number, weight: number): void {
    this.#have[gate] = at(this.#have, gate) + weight;
  }

  /** Lets one gate feed another, for as long as it is true. */
  feed(from: number, to: number, weight: number): void {
    const edge = this.#edges++;
    if (edge === this.#target.length) {
      this.#target = grown(this.#target, new Int32Array(edge * 2));
      this.#weight = grown(this.#weight, new Float64Array(edge * 2));
      this.#next = grown(this.#next, new Int32Array(edge * 2));
    }
    this.#target[edge] = to;
    this.#weight[edge] = weight;
    this.#next[edge] = at(this.#first, from);
    this.#first[from] = edge;
    if (this.isTrue(from)) this.gain(to, weight);
  }

  /** Takes so much from a gate; if that makes it false, from all that it feeds. Gates that fell and feed nothing are told. */
  lose(gate: number, weight: number, fallen: number[]): void {
    const stack: number[] = [gate, weight];
    for (;;) {
      const lost = stack.pop();
      const losing = stack.pop();
      if (lost === undefined || losing === undefined) return;
      const before = this.isTrue(losing);
      this.#have[losing] = at(this.#have, losing) - lost;
      if (!before || this.isTrue(losing)) continue;
      let edge = at(this.#first, losing);
      if (edge < 0) fallen.push(losing);
      for (; edge >= 0; edge = at(this.#next, edge))
        stack.push(at(this.#target, edge), at(this.#weight, edge));
    }
  }
}

/** Room for a few gates; larger lists grow by doubling. */
const SMALL = 64;

/** What stands in a column; every gate and edge that was added has a place there. */
function at(column: Float64Array | Int32Array, place: number): number {
  return column[place] ?? Number.NaN;
}

function grown<Column extends Float64Array | Int32Array>(old: Column, larger: Column): Column {
  larger.set(old);
  return larger;
}
