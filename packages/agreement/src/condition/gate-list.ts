/** Room for a few parties; larger lists grow by doubling. */
const SMALL = 64;

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
    return (this.#have[gate] as number) >= (this.#need[gate] as number);
  }

  /** Gives a gate so much, before anything is fed by it. */
  gain(gate: number, weight: number): void {
    this.#have[gate] = (this.#have[gate] as number) + weight;
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
    this.#next[edge] = this.#first[from] as number;
    this.#first[from] = edge;
    if (this.isTrue(from)) this.gain(to, weight);
  }

  /** Takes so much from a gate; if that makes it false, from all that it feeds. Gates that fell and feed nothing are told. */
  lose(gate: number, weight: number, fallen: number[]): void {
    const stack: number[] = [gate, weight];
    while (stack.length > 0) {
      const lost = stack.pop() as number;
      const at = stack.pop() as number;
      const before = this.isTrue(at);
      this.#have[at] = (this.#have[at] as number) - lost;
      if (!before || this.isTrue(at)) continue;
      let edge = this.#first[at] as number;
      if (edge < 0) fallen.push(at);
      for (; edge >= 0; edge = this.#next[edge] as number)
        stack.push(this.#target[edge] as number, this.#weight[edge] as number);
    }
  }
}

function grown<Column extends Float64Array | Int32Array>(old: Column, larger: Column): Column {
  larger.set(old);
  return larger;
}
