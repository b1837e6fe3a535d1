import { openVerifiedLog } from "@standstill/audit";
import { equalBytes, type Policy, type RecordSource } from "@standstill/record";
import { emptyState, replayLog, type State } from "@standstill/replay";

/** A record that is read again and again, and whose state is kept: only what it has grown by is replayed. */
export class FollowedRecord {
  readonly #source: RecordSource;
  readonly #policy: Policy | undefined;
  #state: State = emptyState;
  #note: Uint8Array | undefined;

  constructor(source: RecordSource, policy: Policy | undefined) {
    this.#source = source;
    this.#policy = policy;
  }

  /** The state as of the newest checkpoint that was seen. */
  get state(): State {
    return this.#state;
  }

  /**
   * Reads what the record has grown by, once its checkpoint is checked: by the keys of the log and its witnesses, and as a continuation of
   * the one before.
   *
   * @returns whether there was anything new
   * @throws where it does not verify; the state stays as it was
   */
  async refresh(): Promise<boolean> {
    const note = await this.#source.read("checkpoint");
    if (note !== undefined && this.#note !== undefined && equalBytes(note, this.#note))
      return false;
    const log = await openVerifiedLog(this.#source, this.#policy, this.#note);
    this.#state = await replayLog(log.tree, this.#state);
    this.#note = log.note;
    return true;
  }
}
