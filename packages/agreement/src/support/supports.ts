import {
  type ColumnParts,
  Columns,
  equalBytes,
  fromHex,
  type RowShape,
  sha256,
} from "@standstill/record";
import { Map as ImmutableMap } from "immutable";

/** How a supporter was verified, from least to most. */
export const VERIFICATIONS = ["unverified", "e-mail", "organisation-key"] as const;
/** One way of verifying. */
export type Verification = (typeof VERIFICATIONS)[number];

/** A support on record, without a name. */
export interface Support {
  readonly letter: string;
  readonly verified: Verification;
  /** Who vouches for the verification. */
  readonly issuer: string;
  readonly index: number;
  readonly withdrawnAt: number | undefined;
  /** Party whose pledge made it good. */
  readonly pledgedBy: string | undefined;
}

/** Entry; names of letter, way of verifying and issuer. */
const SHAPE: RowShape = { numbers: 1, names: 3 };

/** What may still happen to a support: taken back, or made good by a pledge. */
export type SupportChange = Partial<Pick<Support, "withdrawnAt" | "pledgedBy">>;

/**
 * Supports by commitment, oldest first, in columns: an open letter may have a million. Every earlier version stays valid:
 * versions share columns and differ in how much of them they see.
 *
 * @example Supports.none().append(commitment, { letter, verified, issuer, index }).get(commitment)
 */
export class Supports {
  readonly #rows: Rows;
  readonly #changes: ImmutableMap<number, SupportChange>;
  /** Number of supports in this version, those taken back among them. */
  readonly size: number;

  private constructor(rows: Rows, size: number, changes: ImmutableMap<number, SupportChange>) {
    this.#rows = rows;
    this.size = size;
    this.#changes = changes;
  }

  /** No supports. */
  static none(): Supports {
    return new Supports(new Rows(new Columns(SHAPE)), 0, ImmutableMap());
  }

  /** Supports from their columns written down, and what happened to some. */
  static ofParts(
    parts: ColumnParts,
    changes: Iterable<readonly [number, SupportChange]>,
  ): Supports {
    const columns = Columns.ofParts(SHAPE, parts);
    return new Supports(new Rows(columns), columns.length, ImmutableMap(changes));
  }

  /** The supports as columns written down, and what happened to some by their place, in order of place. */
  parts(): readonly [ColumnParts, (readonly [number, SupportChange])[]] {
    const changes = [...this.#changes].sort(([a], [b]) => a - b);
    return [this.#rows.columns.parts(this.size), changes];
  }

  /** Whether a commitment is on record. */
  has(commitment: string): boolean {
    return this.#rowOf(commitment) !== undefined;
  }

  /** The support with a commitment, or `undefined`. */
  get(commitment: string): Support | undefined {
    const row = this.#rowOf(commitment);
    return row === undefined ? undefined : this.#support(row);
  }

  /** The supports with one more, whose commitment is not among them. */
  append(
    commitment: string,
    { letter, verified, issuer, index }: Omit<Support, keyof SupportChange>,
  ): Supports {
    const isNewest = this.#rows.columns.length === this.size;
    const rows = isNewest ? this.#rows : new Rows(this.#rows.columns.copy(this.size));
    rows.push(commitment, index, [letter, verified, issuer]);
    return new Supports(rows, this.size + 1, this.#changes);
  }

  /** The supports with what happened to one of them. */
  change(commitment: string, change: SupportChange): Supports {
    const row = this.#rowOf(commitment);
    if (row === undefined) return this;
    const changes = this.#changes.set(row, { ...this.#changes.get(row), ...change });
    return new Supports(this.#rows, this.size, changes);
  }

  /** All supports, oldest first. */
  *values(): IterableIterator<Support> {
    for (let row = 0; row < this.size; row++) yield this.#support(row);
  }

  /** All supports with their commitments, oldest first. */
  *entries(): IterableIterator<readonly [commitment: string, Support]> {
    for (let row = 0; row < this.size; row++)
      yield [this.#rows.columns.id(row), this.#support(row)];
  }

  #rowOf(commitment: string): number | undefined {
    const row = this.#rows.find(fromHex(commitment));
    return row === undefined || row >= this.size ? undefined : row;
  }

  #support(row: number): Support {
    const { columns } = this.#rows;
    return {
      letter: columns.name(row, 0),
      verified: columns.name(row, 1) as Verification,
      issuer: columns.name(row, 2),
      index: columns.number(row, 0),
      withdrawnAt: undefined,
      pledgedBy: undefined,
      ...this.#changes.get(row),
    };
  }
}

/** Columns with a table by which a commitment's row is found: open addressing, half empty at least. */
class Rows {
  readonly columns: Columns;
  /** Row and one, or 0 where nothing stands. */
  #slots: Uint32Array;

  constructor(columns: Columns) {
    this.columns = columns;
    this.#slots = new Uint32Array(128);
    this.#rebuild();
  }

  push(commitment: string, index: number, names: readonly string[]): void {
    this.columns.push(commitment, [index], names);
    const row = this.columns.length - 1;
    if (this.columns.length * 2 > this.#slots.length) this.#rebuild();
    else this.#slots[this.#slotOf(this.columns.idBytes(row))] = row + 1;
  }

  find(commitment: Uint8Array): number | undefined {
    const found = this.#slots[this.#slotOf(commitment)] ?? 0;
    return found === 0 ? undefined : found - 1;
  }

  /** Where a commitment stands, or would. Whoever commits chooses the bytes, so it is their hash that says where to look. */
  #slotOf(commitment: Uint8Array): number {
    const mask = this.#slots.length - 1;
    const [a = 0, b = 0, c = 0, d = 0] = sha256(commitment);
    let slot = (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) & mask;
    for (;;) {
      const found = this.#slots[slot] ?? 0;
      if (found === 0 || equalBytes(this.columns.idBytes(found - 1), commitment)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rebuild(): void {
    let slots = this.#slots.length;
    while (slots < this.columns.length * 2 + 2) slots *= 2;
    this.#slots = new Uint32Array(slots);
    for (let row = 0; row < this.columns.length; row++)
      this.#slots[this.#slotOf(this.columns.idBytes(row))] = row + 1;
  }
}
