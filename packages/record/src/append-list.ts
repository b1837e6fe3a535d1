import { there } from "./there.ts";
/**
 * A list that only grows, and of which every earlier version stays valid: versions share one array and differ in how
 * much of it they see. Appending to the newest version costs nothing more than the item; to an older one, a copy.
 *
 * @example const one = AppendList.empty<number>().append(1); // one.append(2) leaves it as it is
 */
export class AppendList<Item> implements Iterable<Item> {
  readonly #items: Item[];
  /** Number of items in this version. */
  readonly size: number;

  private constructor(items: Item[], size: number) {
    this.#items = items;
    this.size = size;
  }

  /** A list without items. */
  static empty<Item>(): AppendList<Item> {
    return new AppendList<Item>([], 0);
  }

  /** The list with one more item. */
  append(item: Item): AppendList<Item> {
    const isNewest = this.#items.length === this.size;
    const items = isNewest ? this.#items : this.#items.slice(0, this.size);
    items.push(item);
    return new AppendList(items, this.size + 1);
  }

  /** The item at a place from 0 on, or `undefined`. */
  get(place: number): Item | undefined {
    return place < this.size ? this.#items[place] : undefined;
  }

  /** Items from one place up to before another, as an array. */
  slice(from: number, to: number = this.size): Item[] {
    return this.#items.slice(from, Math.min(to, this.size));
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let place = 0; place < this.size; place++) yield there(this.#items[place]);
  }
}
