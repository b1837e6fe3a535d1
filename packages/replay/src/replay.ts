import {
  decodeEntry,
  isRefusal,
  RecordError,
  type Refusal,
  refuse,
  type SignedStatement,
} from "@standstill/record";
import { charged, fold, type Signatures } from "./admission.ts";
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
  return replayDecoded(state, decodeOrRefuse(entry));
}

/** An entry as a signed statement, or why it is none. */
export type Decoded = SignedStatement | Refusal;

/** Decodes an entry; one that is no statement is refused, not thrown. */
export function decodeOrRefuse(entry: Uint8Array): Decoded {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return refuse("malformed-body", error.message);
  }
}

/** The state after one more entry that is decoded already. */
export function replayDecoded(state: State, decoded: Decoded, signatures?: Signatures): State {
  return isRefusal(decoded) ? charged(state, decoded) : fold(state, decoded, signatures);
}
