import { fromHex, toHex } from "./formats/encoding.ts";

const ID_BYTES = 32;
const FIRST_ROWS = 64;

/**
 * Rows of one SHA-256 and some numbers each, in typed arrays: 32 bytes and 8 for each number, where an object each would
 * be hundreds. Rows are added and never changed; names stand as numbers, each kept once.
 *
 * @example const rows = new Columns(2); rows.push(id, [rows.code("letter"), 7]);
 */
export class Columns {
  /** Number of rows. */
  length = 0;
  readonly #width: number;
  #ids: Uint8Array;
  #numbers: Float64Array;
  #names: string[] = [];
  #codes = new Map<string, number>();

  /** @param width numbers in a row */
  constructor(width: number, rows = FIRST_ROWS) {
    this.#width = width;
    this.#ids = new Uint8Array(rows * ID_BYTES);
    this.#numbers = new Float64Array(rows * width);
  }

  /** Adds a row: a SHA-256 in hexadecimal, and its numbers. */
  push(id: string, numbers: readonly number[]): void {
    if (this.length * ID_BYTES === this.#ids.length) this.#grow(this.length * 2);
    this.#ids.set(fromHex(id), this.length * ID_BYTES);
    this.#numbers.set(numbers, this.length * this.#width);
    this.length++;
  }

  /** The SHA-256 of a row, in hexadecimal. */
  id(row: number): string {
    return toHex(this.idBytes(row));
  }

  /** The 32 bytes of a row's SHA-256. */
  idBytes(row: number): Uint8Array {
    return this.#ids.subarray(row * ID_BYTES, (row + 1) * ID_BYTES);
  }

  /** The numbers of a row. */
  numbers(row: number): Float64Array {
    return this.#numbers.subarray(row * this.#width, (row + 1) * this.#width);
  }

  /** The number that stands for a name. */
  code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    this.#codes.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** The name that a number stands for. */
  name(code: number): string {
    return this.#names[code] as string;
  }

  /** The first rows again, in columns of their own. */
  copy(length: number): Columns {
    const copy = new Columns(this.#width, Math.max(FIRST_ROWS, length));
    copy.#ids.set(this.#ids.subarray(0, length * ID_BYTES));
    copy.#numbers.set(this.#numbers.subarray(0, length * this.#width));
    copy.#names = [...this.#names];
    copy.#codes = new Map(this.#codes);
    copy.length = length;
    return copy;
  }

  #grow(rows: number): void {
    const ids = new Uint8Array(rows * ID_BYTES);
    const numbers = new Float64Array(rows * this.#width);
    ids.set(this.#ids);
    numbers.set(this.#numbers);
    [this.#ids, this.#numbers] = [ids, numbers];
  }
}
