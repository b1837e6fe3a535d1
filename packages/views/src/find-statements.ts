import { type StatementSummary, there } from "@standstill/record";
import type { State } from "@standstill/replay";

/** What statements are looked for; all that is given must hold. */
export interface StatementQuery {
  readonly id?: string | undefined;
  readonly issuer?: string | undefined;
  readonly sequence?: number | undefined;
  readonly type?: string | undefined;
  /** Issued by this party, or about it. */
  readonly party?: string | undefined;
  /** Milliseconds since 1970: statements that may have been made after this instant, by the record's own marks. */
  readonly after?: number | undefined;
  /** Milliseconds since 1970: statements that may have been made before this instant. */
  readonly before?: number | undefined;
  /** Entry from which on to look. */
  readonly from?: number | undefined;
  /** How many at most. */
  readonly limit?: number | undefined;
}

/**
 * Admitted statements that fit, oldest first.
 *
 * @example findStatements(state, { issuer: "aster", type: "run/declare" })
 */
export function findStatements(state: State, query: StatementQuery): StatementSummary[] {
  const { limit = Number.POSITIVE_INFINITY } = query;
  const [from, to] = entriesBetween(state, query);
  const found: StatementSummary[] = [];
  for (const place of placesFor(state, query, from)) {
    const summary = there(state.statements.get(place));
    if (summary.index >= to || found.length >= limit) break;
    if (summary.index >= from && fits(summary, query)) found.push(summary);
  }
  return found;
}

/** The first entry that a query can mean, and the first after all that it can. */
function entriesBetween({ marks, size }: State, query: StatementQuery): [number, number] {
  const { after, before, from = 0 } = query;
  let [first, end] = [from, size];
  // What lies before a mark was made before that mark's time, and what lies after it after.
  for (const mark of marks) {
    if (after !== undefined && mark.at <= after) first = Math.max(first, mark.index + 1);
    if (before !== undefined && mark.at >= before) {
      end = Math.min(end, mark.index + 1);
      break;
    }
  }
  return [first, end];
}

/** Places among the admitted statements, from near an entry on; an issuer's own are known. */
function* placesFor(state: State, query: StatementQuery, from: number): Generator<number> {
  if (query.issuer !== undefined) {
    const places = state.issuers.get(query.issuer)?.places;
    if (places === undefined) return;
    if (query.sequence === undefined) yield* places;
    else if (query.sequence < places.size) yield there(places.get(query.sequence));
    return;
  }
  // Entries are statements but for the keeper's faults, so an entry's place is its index or a little before.
  let place = Math.min(from, state.statements.size);
  while (place > 0 && (state.statements.get(place - 1)?.index ?? 0) >= from) place--;
  for (; place < state.statements.size; place++) yield place;
}

function fits(summary: StatementSummary, query: StatementQuery): boolean {
  return (
    (query.id === undefined || summary.id === query.id) &&
    (query.sequence === undefined || summary.sequence === query.sequence) &&
    (query.type === undefined || summary.type === query.type) &&
    (query.party === undefined || summary.party === query.party || summary.issuer === query.party)
  );
}
