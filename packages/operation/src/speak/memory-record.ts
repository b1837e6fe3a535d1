import {
  encodeEnvelope,
  isRefusal,
  RecordError,
  type SignedStatement,
  sha256,
  toHex,
} from "@standstill/record";
import { admit, emptyState, type State } from "@standstill/replay";
import { findStatements } from "@standstill/views";
import { RefusedError } from "./refused-error.ts";
import type { Entry, OwnRecord } from "./registrar.ts";

/**
 * A record that nobody keeps: statements are admitted as by any keeper, and entries and evidence lie in memory. For rehearsals and tests; it has no log,
 * so there is nothing to cosign.
 */
export class MemoryRecord implements OwnRecord {
  readonly #entries: Uint8Array[] = [];
  readonly #evidence = new Map<string, Uint8Array>();
  #state: State = emptyState;

  get state(): State {
    return this.#state;
  }

  /** All entries as a log would hold them, so that they can be replayed. */
  get entries(): readonly Uint8Array[] {
    return this.#entries;
  }

  /** Appends a statement as it would be appended to a log. */
  async append(
    signed: SignedStatement,
    allow: (issuer: string, before: State) => void = () => undefined,
  ): Promise<Entry> {
    const { issuer, sequence } = signed.statement;
    const next = admit(this.#state, signed);
    if (isRefusal(next)) {
      const [first] = findStatements(this.#state, { issuer, sequence });
      if (first?.id === signed.id) return { index: first.index, id: first.id };
      throw new RefusedError(next);
    }
    allow(issuer, this.#state);
    const index = this.#state.size;
    this.#state = next;
    this.#entries.push(encodeEnvelope(signed.envelope));
    return { index, id: signed.id };
  }

  async storeEvidence(bytes: Uint8Array): Promise<string> {
    const hash = toHex(sha256(bytes));
    this.#evidence.set(hash, bytes);
    return hash;
  }

  async readEvidence(hash: string): Promise<Uint8Array> {
    const bytes = this.#evidence.get(hash);
    if (bytes !== undefined) return bytes;
    throw new RecordError("store-missing", `expected evidence ${hash}, got none`, { place: hash });
  }

  /** Refuses (`quorum-missing`): without a log there is no checkpoint. */
  async publish(): Promise<string> {
    throw new RecordError(
      "quorum-missing",
      "expected a log to publish, got a record in memory; rehearse without witnessed marks",
    );
  }
}
