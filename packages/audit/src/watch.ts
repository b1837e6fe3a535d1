import type { Policy, RecordSource, StatementSummary } from "@standstill/record";
import { emptyState, type NotUnderstood, replayLog, type State } from "@standstill/replay";
import { openVerifiedLog } from "./verified-log.ts";

/** What one look at a record brought. */
export interface Seen {
  /** Admitted statements that are new, oldest first. */
  readonly statements: readonly StatementSummary[];
  /** Entries that are new and that this program does not understand, oldest first. */
  readonly notUnderstood: readonly NotUnderstood[];
  readonly state: State;
  /** The checkpoint under which they stand: what the next look must continue. */
  readonly note: Uint8Array;
}

/**
 * Watches a record grow. Every look verifies what it brings: signatures of log and witnesses, growth from the look before,
 * each entry against the tree, admission.
 *
 * @example
 * const watcher = new Watcher(httpSource("https://keeper.example/record"), policy);
 * for (const statement of (await watcher.look()).statements) print(statement);
 */
export class Watcher {
  readonly #source: RecordSource;
  readonly #policy: Policy | undefined;
  #state: State = emptyState;
  #note: Uint8Array | undefined;

  /** @param since a checkpoint note seen before, which the record must continue */
  constructor(source: RecordSource, policy?: Policy, since?: Uint8Array) {
    this.#source = source;
    this.#policy = policy;
    this.#note = since;
  }

  /**
   * Looks once. Refuses with `AuditFault` or `RecordError` a record that does not verify or does not continue what was
   * seen.
   *
   * @param from entry before which statements count as seen
   */
  async look(from = 0): Promise<Seen> {
    const log = await openVerifiedLog(this.#source, this.#policy, this.#note);
    const before = this.#state.statements.size;
    const unknown = this.#state.notUnderstood.size;
    const state = await replayLog(log.tree, this.#state);
    this.#state = state;
    this.#note = log.note;
    const statements = state.statements.slice(before).filter(({ index }) => index >= from);
    const notUnderstood = state.notUnderstood.slice(unknown).filter(({ index }) => index >= from);
    return { statements, notUnderstood, state, note: log.note };
  }
}
