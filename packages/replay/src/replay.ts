import {
  decodeEntry,
  isRefusal,
  RecordError,
  type Refusal,
  refuse,
  type SignedStatement,
} from "@standstill/record";
import { fold, notAdmitted, type Signatures } from "./admission.ts";
import { findKind, namedIn } from "./find-kind.ts";
import { emptyState, type State } from "./state.ts";

/**
 * The state that a record's entries determine. An entry that is no statement, or no admissible one, is inert: it is
 * charged to the keeper, unless it is of a version that this program does not know, and replay goes on.
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

/** An entry as a signed statement, or why it is none, with the type that it tells all the same. */
export type Decoded = SignedStatement | (Refusal & { readonly type: string | undefined });

/** Decodes an entry; one that is no statement is refused, not thrown. */
export function decodeOrRefuse(entry: Uint8Array): Decoded {
  try {
    return decodeEntry(entry);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    // A version that this program does not know may have another head as well.
    const named = namedIn(entry);
    const kind = named === undefined ? undefined : findKind(named);
    const refusal =
      kind !== undefined && isRefusal(kind) ? kind : refuse("malformed-body", error.message);
    return { ...refusal, type: named?.type };
  }
}

/** The state after one more entry that is decoded already. */
export function replayDecoded(state: State, decoded: Decoded, signatures?: Signatures): State {
  return isRefusal(decoded)
    ? notAdmitted(state, decoded, decoded.type)
    : fold(state, decoded, signatures);
}
