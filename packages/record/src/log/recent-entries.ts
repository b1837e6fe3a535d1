/**
 * The places of entries that came not long ago. A cache: what it has forgotten, or never knew after a restart, is
 * appended again and gets a place of its own.
 */
export class RecentEntries {
  readonly #most: number;
  readonly #places = new Map<string, Promise<number>>();

  /** @param most how many entries are remembered; the oldest are forgotten first */
  constructor(most: number) {
    this.#most = most;
  }

  /** The place of the entry with this leaf hash: the one it got before, or the one that `append` gives it now. */
  first(leafHash: Uint8Array, append: () => Promise<number>): Promise<number> {
    const key = String.fromCharCode(...leafHash);
    const before = this.#places.get(key);
    if (before !== undefined) return before;
    const place = append();
    if (this.#most === 0) return place;
    this.#places.set(key, place);
    place.catch(() => this.#places.delete(key));
    const [oldest] = this.#places.keys();
    if (oldest !== undefined && this.#places.size > this.#most) this.#places.delete(oldest);
    return place;
  }
}
