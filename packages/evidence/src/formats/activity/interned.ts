import { there } from "@standstill/record";
import { Texts } from "./texts.ts";

/** Texts, times and lists that lines share, each with its number. */
export class Interned {
  readonly texts = new Texts();
  /** Lists of texts by number; list 0 is empty. */
  readonly lists: (readonly number[])[] = [[]];
  readonly #times = new Map<string, number>();
  readonly #listNumbers = new Map<string, number>([["", 0]]);

  /** A time in POSIX milliseconds; `undefined` for what is none. */
  instant(value: unknown): number | undefined {
    if (typeof value !== "string") return undefined;
    const known = this.#times.get(value);
    if (known !== undefined) return known;
    const at = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at) || !isDay(value.slice(0, 10))) return undefined;
    // Windows repeat from device to device; times that never repeat need not be kept.
    if (this.#times.size > 200_000) this.#times.clear();
    this.#times.set(value, at);
    return at;
  }

  /** The number of a list of texts, of none for what is absent; `undefined` for what is no list. */
  list(value: unknown): number | undefined {
    if (value === undefined) return 0;
    if (!Array.isArray(value) || value.length > 1000) return undefined;
    if (value.some((one) => typeof one !== "string" || one === "" || one.length > 200))
      return undefined;
    const numbers = [...new Set(value.map((one: string) => this.texts.number(one)))];
    const key = numbers.join(" ");
    const known = this.#listNumbers.get(key);
    if (known !== undefined) return known;
    this.#listNumbers.set(key, this.lists.length);
    return this.lists.push(numbers) - 1;
  }

  /** Forgets texts and lists beyond so many: those of a line that became no record. */
  keep(texts: number, lists: number): void {
    if (this.texts.size > texts) this.texts.keep(texts);
    while (this.lists.length > lists) this.#listNumbers.delete(there(this.lists.pop()).join(" "));
  }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Engines take the 29th of February of any year, and mean the 1st of March. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}
