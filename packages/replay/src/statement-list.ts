import { fromHex, toHex } from "@standstill/record";

/** One admitted statement, as lists show it. */
export interface StatementSummary {
  readonly index: number;
  readonly id: string;
  readonly type: string;
  readonly issuer: string;
  readonly sequence: number;
  readonly issuedAt: string;
  /** Whom it is about: the party that its body names, or its issuer. */
  readonly party: string;
}

const ID_BYTES = 32;

/**
 * The admitted statements, oldest first, in columns: some 60 bytes each, where an object each would be 200. Every earlier
 * version stays valid: versions share columns and differ in how much of them they see. Appending to the newest costs
 * nothing more than the row; to an older one, a copy.
 *
 * @example StatementList.empty().append(summary).get(0)?.id
 */
export class StatementList implements Iterable<StatementSummary> {
  readonly #columns: Columns;
  /** Number of statements in this version. */
  readonly size: number;

  private constructor(columns: Columns, size: number) {
    this.#columns = columns;
    this.size = size;
  }

  /** A list without statements. */
  static empty(): StatementList {
    return new StatementList(new Columns(), 0);
  }

  /** The list with one more statement. */
  append(summary: StatementSummary): StatementList {
    const isNewest = this.#columns.length === this.size;
    const columns = isNewest ? this.#columns : this.#columns.copy(this.size);
    columns.push(summary);
    return new StatementList(columns, this.size + 1);
  }

  /** The statement at a place from 0 on, or `undefined`. */
  get(place: number): StatementSummary | undefined {
    return place >= 0 && place < this.size ? this.#columns.at(place) : undefined;
  }

  /** Statements from one place up to before another. */
  slice(from: number, to: number = this.size): StatementSummary[] {
    const found: StatementSummary[] = [];
    for (let place = from; place < Math.min(to, this.size); place++) {
      found.push(this.#columns.at(place));
    }
    return found;
  }

  *[Symbol.iterator](): Iterator<StatementSummary> {
    for (let place = 0; place < this.size; place++) yield this.#columns.at(place);
  }
}

/** Growing columns; names are kept once each. */
class Columns {
  length = 0;
  #ids = new Uint8Array(ID_BYTES * 64);
  /** Entry, sequence, time of issue in milliseconds since 1970, names of type, issuer and party: six numbers a row. */
  #numbers = new Float64Array(6 * 64);
  readonly #names: string[] = [];
  readonly #codes = new Map<string, number>();

  push({ index, id, type, issuer, sequence, issuedAt, party }: StatementSummary): void {
    if (this.length * 6 === this.#numbers.length) this.#grow(this.length * 2);
    this.#ids.set(fromHex(id), this.length * ID_BYTES);
    const codes = [this.#code(type), this.#code(issuer), this.#code(party)];
    this.#numbers.set([index, sequence, Date.parse(issuedAt), ...codes], this.length * 6);
    this.length++;
  }

  at(place: number): StatementSummary {
    const [index, sequence, issuedAt, type, issuer, party] = this.#numbers.subarray(
      place * 6,
      place * 6 + 6,
    ) as unknown as [number, number, number, number, number, number];
    return {
      index,
      id: toHex(this.#ids.subarray(place * ID_BYTES, (place + 1) * ID_BYTES)),
      type: this.#names[type] as string,
      issuer: this.#names[issuer] as string,
      sequence,
      issuedAt: new Date(issuedAt).toISOString(),
      party: this.#names[party] as string,
    };
  }

  copy(length: number): Columns {
    const copy = new Columns();
    copy.#grow(Math.max(64, length));
    copy.#ids.set(this.#ids.subarray(0, length * ID_BYTES));
    copy.#numbers.set(this.#numbers.subarray(0, length * 6));
    copy.#names.push(...this.#names);
    for (const [name, code] of this.#codes) copy.#codes.set(name, code);
    copy.length = length;
    return copy;
  }

  #grow(rows: number): void {
    const [ids, numbers] = [new Uint8Array(rows * ID_BYTES), new Float64Array(rows * 6)];
    ids.set(this.#ids.subarray(0, this.length * ID_BYTES));
    numbers.set(this.#numbers.subarray(0, this.length * 6));
    [this.#ids, this.#numbers] = [ids, numbers];
  }

  #code(name: string): number {
    const known = this.#codes.get(name);
    if (known !== undefined) return known;
    this.#codes.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }
}
