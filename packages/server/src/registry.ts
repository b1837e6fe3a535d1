import { join } from "node:path";
import {
  decodeEnvelope,
  encodeEnvelope,
  isRefusal,
  type NoteVerifier,
  RecordError,
  type RecordSource,
  type RefusalCode,
  readBlob,
  type SignedStatement,
  type SigningKey,
  textOf,
} from "@standstill/record";
import { type Cosigner, directorySource, LogWriter } from "@standstill/record/files";
import { admit, emptyState, replay, type State } from "@standstill/replay";

/** A statement that was not admitted: the code and sentence of its refusal. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where a registry keeps its files, and who signs its log. */
export interface RegistryOptions {
  readonly directory: string;
  readonly verifier: NoteVerifier;
  readonly key: SigningKey;
  readonly cosigners?: readonly Cosigner[];
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
  readonly source: RecordSource;
  readonly #writer: LogWriter;
  #state: State;
  #durable: State;
  #publishing: Promise<unknown> = Promise.resolve();

  private constructor(writer: LogWriter, source: RecordSource, state: State) {
    this.#writer = writer;
    this.source = source;
    this.#state = state;
    this.#durable = state;
  }

  /** Opens the registry of a data directory; creates it where there is none. */
  static async open(options: RegistryOptions): Promise<Registry> {
    const directory = recordDirectory(options.directory);
    const writer = await LogWriter.open({
      recordDirectory: directory,
      stateDirectory: join(options.directory, "log"),
      verifier: options.verifier,
      key: options.key,
      cosigners: options.cosigners ?? [],
    });
    return new Registry(writer, directorySource(directory), replay(writer.entries, emptyState));
  }

  /** State as of the last acknowledged statement. */
  get state(): State {
    return this.#durable;
  }

  /** The entry at an index, or `undefined`. */
  entry(index: number): Uint8Array | undefined {
    return this.#writer.entries[index];
  }

  /** Whether acknowledged statements wait for a checkpoint. */
  get hasUnpublished(): boolean {
    return this.#writer.publishedSize < this.#writer.entries.length;
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
    const index = await this.#writer.append(encodeEnvelope(signed.envelope));
    this.#durable = next;
    return { index, id: signed.id };
  }

  /** Stores evidence under its hash, durably. */
  storeEvidence(bytes: Uint8Array): Promise<string> {
    return this.#writer.storeBlob(bytes);
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
    // One after the other: a publication that is under way may not cover what came after it began.
    const mine = this.#publishing.then(() => this.#writer.publish());
    this.#publishing = mine.catch(() => undefined);
    return textOf(await mine);
  }

  /** Publishes what waits, and closes. */
  async close(): Promise<void> {
    if (this.hasUnpublished) await this.publish();
    await this.#publishing;
    await this.#writer.close();
  }
}
