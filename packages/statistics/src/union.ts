/** Numbers in groups that can be joined (disjoint-set forest; Tarjan 1975). */
export class Union {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, i) => i);
  }

  /** The number that stands for the group of another: the least that it was joined under. */
  root(number: number): number {
    let here = number;
    for (;;) {
      const parent = this.#parent[here] ?? here;
      if (parent === here) return here;
      const above = this.#parent[parent] ?? parent;
      this.#parent[here] = above;
      here = above;
    }
  }

  /** Makes one group of two. */
  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    this.#parent[Math.max(one, other)] = Math.min(one, other);
  }

  /** What stands at each number, by group: groups and what is in them in order. */
  grouped<One>(list: readonly One[]): One[][] {
    const groups = new Map<number, One[]>();
    for (const [i, one] of list.entries()) {
      const root = this.root(i);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [one]);
      else group.push(one);
    }
    return [...groups.values()];
  }
}
