import type { Quantity } from "./quantities.ts";

/** What a series is of: one quantity of one device at a site, as one feed tells it. */
export interface Series {
  readonly site: string;
  readonly device: string;
  readonly quantity: Quantity;
  /** Who measures, by name; one device may have several meters. */
  readonly feed: string;
}

/** Series with a number each, so that a reading names its series in four bytes. Numbers are never used twice. */
export class SeriesTable {
  readonly #series: Series[] = [];
  readonly #numbers = new Map<string, number>();

  /** How many there are; the next one gets this number. */
  get size(): number {
    return this.#series.length;
  }

  /** The number of a series; a new one gets the next. */
  numberOf(series: Series): number {
    const key = keyOf(series);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#series.length);
    return this.#series.push(series) - 1;
  }

  /** The number of a series that is known, or `undefined`. */
  find(series: Series): number | undefined {
    return this.#numbers.get(keyOf(series));
  }

  /** The series with a number, or `undefined`. */
  get(number: number): Series | undefined {
    return this.#series[number];
  }

  /** The series from a number on, in order. */
  from(number: number): readonly Series[] {
    return this.#series.slice(number);
  }
}

function keyOf({ site, device, quantity, feed }: Series): string {
  return `${site}\n${device}\n${quantity}\n${feed}`;
}
