/** Numbers in groups that can be joined (disjoint-set forest; Tarjan 1975). */
export class Union {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, i) => i);
  }

  /** The number that stands for the group of another: the least that it was joined under. */
  root(number: number): number {
    let at = number;
    while (this.#parent[at] !== at) {
      this.#parent[at] = this.#parent[this.#parent[at] as number] as number;
      at = this.#parent[at] as number;
    }
    return at;
  }

  /** Makes one group of two. */
  join(a: number, b: number): void {
    const [one, other] = [this.root(a), this.root(b)];
    this.#parent[Math.max(one, other)] = Math.min(one, other);
  }
}
