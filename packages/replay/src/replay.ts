import { decodeEntry, RecordError } from "@standstill/record";
import { charged, fold } from "./admission.ts";
import { emptyState, type State } from "./state.ts";

/**
 * The state that a record's entries determine. An entry that is no statement, or no admissible one, is inert: it is
 * charged to the keeper and replay goes on.
 */
export function replay(entries: Iterable<Uint8Array>, from: State = emptyState): State {
  let state = from;
  for (const entry of entries) state = replayEntry(state, entry);
  return state;
}

/** The state after one more entry. */
export function replayEntry(state: State, entry: Uint8Array): State {
  try {
    return fold(state, decodeEntry(entry));
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return charged(state, { refused: "malformed-body", message: error.message });
  }
}
