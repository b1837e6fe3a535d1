import { join } from "node:path";
import {
  type CheckpointSigner,
  decodeEnvelope,
  encodeEnvelope,
  isRefusal,
  RecordError,
  type RecordSource,
  type RefusalCode,
  readBlob,
  Sequencer,
  type SequencerStatus,
  type SignedStatement,
  textOf,
  type Witnessing,
} from "@standstill/record";
import { openDirectoryStore } from "@standstill/record/files";
import { admit, emptyState, replayEntry, type State } from "@standstill/replay";

/** A statement that was not admitted: the code and sentence of its refusal. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where a registry keeps its files, who signs its log, and who must cosign it. */
export interface RegistryOptions {
  readonly directory: string;
  readonly signer: CheckpointSigner;
  readonly witnessing?: Witnessing;
}

/** Directory of the record below a data directory. */
export function recordDirectory(directory: string): string {
  return join(directory, "record");
}

/**
 * The keeper's one writer: admits statements, appends them durably, publishes checkpoints. Its state is the replay of
 * the record and nothing else.
 */
export class Registry {
  readonly #sequencer: Sequencer;
  #state: State;
  #durable: State;

  private constructor(sequencer: Sequencer, state: State) {
    this.#sequencer = sequencer;
    this.#state = state;
    this.#durable = state;
  }

  /** Opens the registry of a data directory; creates it where there is none. */
  static async open({ directory, signer, witnessing }: RegistryOptions): Promise<Registry> {
    const store = await openDirectoryStore({
      recordDirectory: recordDirectory(directory),
      stateDirectory: join(directory, "log"),
    });
    const sequencer = await Sequencer.open({
      store,
      signer,
      ...(witnessing === undefined ? {} : { witnessing }),
    });
    let state = emptyState;
    for await (const entry of sequencer.entries()) state = replayEntry(state, entry);
    return new Registry(sequencer, state);
  }

  /** The record's public files. */
  get source(): RecordSource {
    return this.#sequencer.source;
  }

  /** How far the log is: acknowledged, signed, published, and which witnesses are missing. */
  get status(): SequencerStatus {
    return this.#sequencer.status;
  }

  /** State as of the last acknowledged statement. */
  get state(): State {
    return this.#durable;
  }

  /** The entry at an index, or `undefined`. */
  entry(index: number): Promise<Uint8Array | undefined> {
    return this.#sequencer.entry(index);
  }

  /** Whether acknowledged statements wait for a checkpoint. */
  get hasUnpublished(): boolean {
    return this.status.published < this.status.size;
  }

  /** Submits an envelope as bytes; resolves once it is durable. Refuses with `RefusedError` or `RecordError`. */
  submit(bytes: Uint8Array): Promise<{ index: number; id: string }> {
    return this.append(decodeEnvelope(bytes));
  }

  /** Appends a signed statement; resolves once it is durable. Statements that come together share one sync. */
  async append(signed: SignedStatement): Promise<{ index: number; id: string }> {
    const next = admit(this.#state, signed);
    if (isRefusal(next)) throw new RefusedError(next.refused, next.message);
    this.#state = next;
    const index = await this.#sequencer.append(encodeEnvelope(signed.envelope));
    this.#durable = next;
    return { index, id: signed.id };
  }

  /** Stores evidence under its hash, durably. */
  storeEvidence(bytes: Uint8Array): Promise<string> {
    return this.#sequencer.storeBlob(bytes);
  }

  /** Evidence stored under a hash; refuses (`store-missing`) where there is none. */
  async readEvidence(hash: string): Promise<Uint8Array> {
    const bytes = await readBlob(this.source, hash);
    if (bytes === undefined)
      throw new RecordError("store-missing", `expected evidence ${hash}, got none`, {
        place: hash,
      });
    return bytes;
  }

  /** Publishes a cosigned checkpoint over everything acknowledged before the call; returns it as text. */
  async publish(): Promise<string> {
    return textOf(await this.#sequencer.publish());
  }

  /** Publishes what waits, and closes. */
  async close(): Promise<void> {
    try {
      if (this.hasUnpublished) await this.publish();
    } finally {
      await this.#sequencer.close();
    }
  }
}
