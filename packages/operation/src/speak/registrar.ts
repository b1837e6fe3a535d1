import type { SignedStatement } from "@standstill/record";
import type { State } from "@standstill/replay";

/** Where a statement stands in a record. */
export interface Entry {
  readonly index: number;
  readonly id: string;
}

/** What whoever speaks needs of whoever keeps the record, in this process or over a network. */
export interface Registrar {
  /** What the record holds; whatever `append` has resolved for is in it. */
  readonly state: State;
  /**
   * Appends a signed statement; resolves once it is durable. Refuses with `RefusedError`; any other error says nothing of whether it was
   * appended. One that the record holds already gets its first place back, so that asking again after a lost answer does no harm.
   */
  append(signed: SignedStatement): Promise<Entry>;
  /** Stores what a statement rests on beside the record, durably, and returns its SHA-256. */
  storeEvidence(bytes: Uint8Array): Promise<string>;
}

/** What the keeper has of its own record besides: its evidence, its checkpoints, and a word in the instant before an entry. */
export interface OwnRecord extends Registrar {
  /**
   * As a registrar's.
   *
   * @param allow called with the issuer and the state right before the entry, once the statement is found admissible; whatever it throws
   * keeps the statement out, and `append` rejects with it
   */
  append(signed: SignedStatement, allow?: (issuer: string, before: State) => void): Promise<Entry>;
  /** Evidence by its SHA-256. Refuses (`store-missing`) where there is none. */
  readEvidence(hash: string): Promise<Uint8Array>;
  /** Publishes a cosigned checkpoint over all that was acknowledged before, and returns it as text. */
  publish(): Promise<string>;
}
