/** Texts with a number each, from 0 on. */
export class Texts {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** Texts numbered in this order. */
  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.number(text);
  }

  /** All of them, by number. */
  get all(): readonly string[] {
    return this.#texts;
  }

  /** How many there are. */
  get size(): number {
    return this.#texts.length;
  }

  /** The number of a text; a new one gets the next. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  /** Forgets all but the first so many. */
  keep(size: number): void {
    for (let text = this.#texts.pop(); text !== undefined; text = this.#texts.pop()) {
      if (this.#texts.length < size) {
        this.#texts.push(text);
        return;
      }
      this.#numbers.delete(text);
    }
  }

  /** The number of a text that is known, or `undefined`. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  /** The text with a number; an empty one for a number that none has. */
  get(number: number): string {
    return this.#texts[number] ?? "";
  }
}
