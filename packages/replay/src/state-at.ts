import { type Coalition, elapseTo, rulesOf } from "@standstill/agreement";
import { replayEntry } from "./replay.ts";
import { emptyState, type State } from "./state.ts";

/** What held at an instant, as known at some size of the record. */
export interface StateAt {
  /** The state after the entries that count: those before the instant, and within what was known. */
  readonly state: State;
  /** Who was bound then; for an instant after the newest mark, if nothing else is said. */
  readonly coalition: Coalition;
  /** Whether the instant lies after the newest mark that was known, so that the answer is a projection. */
  readonly projected: boolean;
}

/**
 * What held at an instant, as known then or now: entries are replayed while the record's own clock has not passed the
 * instant, and only as many as were known. Time without further statements does the rest.
 *
 * @param at milliseconds since 1970
 * @param size entries that were known; all of them where absent
 * @example (await stateAt(entriesOf(tree), Date.parse("2027-01-01T00:00:00.000Z"))).coalition.bound
 */
export async function stateAt(
  entries: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  at: number,
  size = Number.POSITIVE_INFINITY,
): Promise<StateAt> {
  let state = emptyState;
  let projected = true;
  for await (const entry of entries) {
    if (state.size >= size) break;
    const next = replayEntry(state, entry);
    if (next.clock.at > at) {
      projected = false;
      break;
    }
    state = next;
  }
  const { terms, coalition } = state.agreement;
  const now = terms === undefined ? coalition : elapseTo(rulesOf(terms), coalition, at);
  return { state, coalition: now, projected: projected && at > state.clock.at };
}
