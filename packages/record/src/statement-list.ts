import { type ColumnParts, Columns, type RowShape } from "./columns.ts";

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

/** Entry, sequence, time of issue in milliseconds since 1970; names of type, issuer and party. */
const SHAPE: RowShape = { numbers: 3, names: 3 };

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
    return new StatementList(new Columns(SHAPE), 0);
  }

  /** The list with one more statement. */
  append(summary: StatementSummary): StatementList {
    const isNewest = this.#columns.length === this.size;
    const columns = isNewest ? this.#columns : this.#columns.copy(this.size);
    const { index, id, type, issuer, sequence, issuedAt, party } = summary;
    columns.push(id, [index, sequence, Date.parse(issuedAt)], [type, issuer, party]);
    return new StatementList(columns, this.size + 1);
  }

  /** The list from its columns written down. */
  static ofParts(parts: ColumnParts): StatementList {
    const columns = Columns.ofParts(SHAPE, parts);
    return new StatementList(columns, columns.length);
  }

  /** The list as columns written down. */
  parts(): ColumnParts {
    return this.#columns.parts(this.size);
  }

  /** The statement at a place from 0 on, or `undefined`. */
  get(place: number): StatementSummary | undefined {
    return place >= 0 && place < this.size ? rowAt(this.#columns, place) : undefined;
  }

  /** Statements from one place up to before another. */
  slice(from: number, to: number = this.size): StatementSummary[] {
    const found: StatementSummary[] = [];
    for (let place = from; place < Math.min(to, this.size); place++) {
      found.push(rowAt(this.#columns, place));
    }
    return found;
  }

  *[Symbol.iterator](): Iterator<StatementSummary> {
    for (let place = 0; place < this.size; place++) yield rowAt(this.#columns, place);
  }
}

function rowAt(columns: Columns, row: number): StatementSummary {
  return {
    index: columns.number(row, 0),
    id: columns.id(row),
    type: columns.name(row, 0),
    issuer: columns.name(row, 1),
    sequence: columns.number(row, 1),
    issuedAt: new Date(columns.number(row, 2)).toISOString(),
    party: columns.name(row, 2),
  };
}
