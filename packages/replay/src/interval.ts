import type { State } from "./state.ts";

/** Between which marks a statement was made, as the record's own clock tells; instants as `2026-06-04T12:00:00.000Z`. */
export interface TimeInterval {
  /** Time of the newest mark before it; nothing where there is none. */
  readonly notBefore: string | null;
  /** Time of the next mark after it; nothing until there is one. */
  readonly notAfter: string | null;
}

/**
 * The interval in which an entry was made: between the marks around it. What its issuer says is only a claim.
 *
 * @example intervalOf(state, 7) // { notBefore: "2026-06-04T12:00:00.000Z", notAfter: null }
 */
export function intervalOf({ marks }: State, index: number): TimeInterval {
  // The first mark at or after the entry; a mark is its own upper end.
  let [low, high] = [0, marks.size];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks.get(middle)?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return { notBefore: instant(marks.get(low - 1)?.at), notAfter: instant(marks.get(low)?.at) };
}

function instant(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
