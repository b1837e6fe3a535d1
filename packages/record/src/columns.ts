import { RecordError } from "./error.ts";
import { fromHex, toHex } from "./formats/encoding.ts";
import { there } from "./there.ts";

const ID_BYTES = 32;
const NUMBER_BYTES = 8;
const FIRST_ROWS = 64;

/** What a row holds besides its SHA-256. */
export interface RowShape {
  readonly numbers: number;
  readonly names: number;
}

/** Columns written down: numbers as IEEE 754 doubles, lowest byte first, those that stand for names after the others. */
export interface ColumnParts {
  readonly ids: Uint8Array;
  readonly numbers: Uint8Array;
  readonly names: readonly string[];
}

/**
 * Rows of one SHA-256, some numbers and some names each, in typed arrays: 32 bytes and 8 for each number or name, where
 * an object each would be hundreds. Rows are added and never changed; a name is kept once, however often it comes.
 *
 * @example const rows = new Columns({ numbers: 1, names: 1 }); rows.push(id, [7], ["letter"]);
 */
export class Columns {
  /** Number of rows. */
  length = 0;
  readonly #shape: RowShape;
  readonly #width: number;
  #ids: Uint8Array;
  #numbers: Float64Array;
  #names: string[] = [];
  #codes = new Map<string, number>();

  constructor(shape: RowShape, rows = FIRST_ROWS) {
    this.#shape = shape;
    this.#width = shape.numbers + shape.names;
    this.#ids = new Uint8Array(rows * ID_BYTES);
    this.#numbers = new Float64Array(rows * this.#width);
  }

  /** Adds a row: a SHA-256 in hexadecimal, its numbers, its names. */
  push(id: string, numbers: readonly number[], names: readonly string[]): void {
    if (this.length * ID_BYTES === this.#ids.length) this.#grow(this.length * 2);
    const at = this.length * this.#width;
    this.#ids.set(fromHex(id), this.length * ID_BYTES);
    this.#numbers.set(numbers, at);
    for (const [i, name] of names.entries()) {
      this.#numbers[at + this.#shape.numbers + i] = this.#code(name);
    }
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

  /** One of the numbers of a row. */
  number(row: number, place: number): number {
    return there(this.#numbers[row * this.#width + place]);
  }

  /** One of the names of a row. */
  name(row: number, place: number): string {
    return there(this.#names[this.number(row, this.#shape.numbers + place)]);
  }

  /** The first rows again, in columns of their own. */
  copy(length: number): Columns {
    return Columns.ofParts(this.#shape, this.parts(length));
  }

  /** The first rows, written down. */
  parts(length: number): ColumnParts {
    const numbers = new Uint8Array(length * this.#width * NUMBER_BYTES);
    const view = new DataView(numbers.buffer);
    let names = 0;
    for (let i = 0; i < length * this.#width; i++) {
      const value = there(this.#numbers[i]);
      view.setFloat64(i * NUMBER_BYTES, value, true);
      // Names are numbered as they come, so those of the first rows are the first names.
      if (i % this.#width >= this.#shape.numbers) names = Math.max(names, value + 1);
    }
    return {
      ids: this.#ids.slice(0, length * ID_BYTES),
      numbers,
      names: this.#names.slice(0, names),
    };
  }

  /** Columns from what was written down; refuses (`malformed-encoding`) parts that do not fit each other. */
  static ofParts(shape: RowShape, { ids, numbers, names }: ColumnParts): Columns {
    const length = ids.length / ID_BYTES;
    const columns = new Columns(shape, Math.max(FIRST_ROWS, Math.ceil(length)));
    const values = length * columns.#width;
    if (!Number.isInteger(length) || numbers.length !== values * NUMBER_BYTES) {
      const message = `expected ${values} numbers for ${length} rows, got ${numbers.length / NUMBER_BYTES}`;
      throw new RecordError("malformed-encoding", message);
    }
    columns.#ids.set(ids);
    const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.length);
    for (let i = 0; i < values; i++) {
      columns.#numbers[i] = view.getFloat64(i * NUMBER_BYTES, true);
    }
    for (const name of names) columns.#code(name);
    columns.length = length;
    return columns;
  }

  #code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    this.#codes.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  #grow(rows: number): void {
    const ids = new Uint8Array(rows * ID_BYTES);
    const numbers = new Float64Array(rows * this.#width);
    ids.set(this.#ids);
    numbers.set(this.#numbers);
    [this.#ids, this.#numbers] = [ids, numbers];
  }
}
