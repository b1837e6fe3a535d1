import { join } from "node:path";
import { type Entry, type OwnRecord, RefusedError } from "@standstill/operation";
import {
  type CheckpointSigner,
  decodeEnvelope,
  encodeEnvelope,
  isRefusal,
  type LogStore,
  RecordError,
  type RecordSource,
  readBlob,
  receiptMessage,
  Sequencer,
  type SequencerStatus,
  type SignedStatement,
  type TileTree,
  textOf,
  toHex,
  type Witnessing,
} from "@standstill/record";
import { localDisk, openDirectoryStore, writeDurably } from "@standstill/record/files";
import { admit, checkUnderstood, emptyState, replayEntry, type State } from "@standstill/replay";
import { findStatements } from "@standstill/views";
import { snapshotPath, stateFrom, WORTH_A_SNAPSHOT, writeSnapshot } from "./snapshot-file.ts";
import type { RecordView } from "./view.ts";

/** Where a registry keeps its files, who signs its log, and who must cosign it. */
export interface RegistryOptions {
  readonly directory: string;
  readonly signer: CheckpointSigner;
  readonly witnessing?: Witnessing;
  /** Keeps the log elsewhere than in the data directory, such as in a bucket. */
  readonly openStore?: () => Promise<LogStore>;
}

/** Directory of the record below a data directory. */
export function recordDirectory(directory: string): string {
  return join(directory, "record");
}

/** Contradictions that are kept; each convicts its issuer alone. */
const MOST_CONTRADICTIONS = 1000;

/** What became of a submitted statement. */
export interface Accepted extends Entry {
  /** Whether the record had it before; then the index is that of the first time. */
  readonly known: boolean;
}

/**
 * The keeper's one writer: admits statements, appends them durably, publishes checkpoints. Its state is the replay of
 * the record and nothing else.
 */
export class Registry implements RecordView, OwnRecord {
  readonly #sequencer: Sequencer;
  readonly #signer: CheckpointSigner;
  readonly #directory: string;
  readonly #contradictions = new Map<string, SignedStatement>();
  #receipts: { readonly key: string; readonly signature: Uint8Array } | undefined;
  /** After all that was admitted, and after all of that which is durable. */
  #state: State;
  #durable: State;
  /** Entries that the snapshot of this state's cache covers. */
  readonly #kept: number;
  #last: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Set<{ readonly size: number; readonly resolve: () => void }>();

  private constructor(
    sequencer: Sequencer,
    { directory, signer }: RegistryOptions,
    contradictions: readonly SignedStatement[],
    state: State,
    kept: number,
  ) {
    this.#directory = directory;
    this.#kept = kept;
    for (const one of contradictions) this.#contradictions.set(one.id, one);
    this.#sequencer = sequencer;
    this.#signer = signer;
    this.#state = state;
    this.#durable = state;
  }

  /**
   * Opens the registry of a data directory; creates it where there is none. Refuses (`not-understood`) a record with statements of versions
   * that this program does not know, since nobody may go on from what it does not understand.
   */
  static async open(options: RegistryOptions): Promise<Registry> {
    const { directory, signer, witnessing } = options;
    const openStore =
      options.openStore ??
      (() =>
        openDirectoryStore({
          recordDirectory: recordDirectory(directory),
          stateDirectory: join(directory, "log"),
        }));
    const store = await openStore();
    const sequencer = await Sequencer.open({
      store,
      signer,
      // Admission knows every statement that there is, so nothing comes twice.
      mostRemembered: 0,
      ...(witnessing === undefined ? {} : { witnessing }),
    });
    try {
      let state = (await stateFrom(snapshotPath(directory), sequencer.tree)) ?? emptyState;
      const kept = state.size;
      for await (const entry of sequencer.entries(kept)) state = replayEntry(state, entry);
      checkUnderstood(state);
      const contradictions = await readContradictions(directory);
      return new Registry(sequencer, options, contradictions, state, kept);
    } catch (error) {
      await sequencer.close();
      throw error;
    }
  }

  get source(): RecordSource {
    return this.#sequencer.source;
  }

  get status(): SequencerStatus {
    return this.#sequencer.status;
  }

  /** State as of the last acknowledged statement. */
  get state(): State {
    return this.#durable;
  }

  get tree(): TileTree {
    return this.#sequencer.tree;
  }

  get shown(): Uint8Array | undefined {
    return this.#sequencer.shown;
  }

  /** One signature serves all receipts under a root, and only a root that is shown is asked for. */
  readonly signReceipts = async (root: Uint8Array) => {
    const { publicKey } = this.#signer.verifier;
    const key = toHex(root);
    if (this.#receipts?.key !== key) {
      const signature = await this.#signer.sign(receiptMessage(root, publicKey));
      this.#receipts = { key, signature };
    }
    return { signature: this.#receipts.signature, publicKey };
  };

  entry(index: number): Promise<Uint8Array | undefined> {
    return this.#sequencer.entry(index);
  }

  /** Whether acknowledged statements wait for a checkpoint. */
  get hasUnpublished(): boolean {
    return this.status.published < this.status.size;
  }

  /** Submits an envelope as bytes; resolves once it is durable. Refuses with `RefusedError` or `RecordError`. */
  submit(bytes: Uint8Array): Promise<Accepted> {
    return this.append(decodeEnvelope(bytes));
  }

  /**
   * Appends a signed statement; resolves once it is durable. Statements that come together share one sync. A statement
   * that the record has already gets its first index back.
   *
   * @param allow called with the issuer and the state before it once the statement is found admissible, before it is appended; may throw
   */
  async append(
    signed: SignedStatement,
    allow: (issuer: string, before: State) => void = () => undefined,
  ): Promise<Accepted> {
    const { failure } = this.status;
    // Asked before admission: what is admitted here and not written would stand between the state and the record.
    if (failure !== undefined) throw failure;
    const next = admit(this.#state, signed);
    if (isRefusal(next)) {
      if (isIn(this.#state, signed)) return this.#saidBefore(signed);
      if (next.refused === "sequence-repeated") await this.#keepContradiction(signed);
      throw new RefusedError(next);
    }
    allow(signed.statement.issuer, this.#state);
    this.#state = next;
    const mine = this.#sequencer.append(encodeEnvelope(signed.envelope));
    this.#last = mine.catch(() => undefined);
    const index = await mine;
    this.#durable = next;
    return { index, id: signed.id, known: false };
  }

  /** Resolves once a checkpoint that is shown covers an entry, or after so many milliseconds; says which. */
  async covered(index: number, milliseconds: number): Promise<boolean> {
    if (this.status.published > index) return true;
    await new Promise<void>((end) => {
      const mine = {
        size: index + 1,
        resolve: () => {
          clearTimeout(timer);
          this.#waiting.delete(mine);
          end();
        },
      };
      const timer = setTimeout(mine.resolve, milliseconds);
      this.#waiting.add(mine);
    });
    return this.status.published > index;
  }

  /** Statements that were refused here because their issuer had signed another with their number; newest last. */
  get contradictions(): readonly SignedStatement[] {
    return [...this.#contradictions.values()];
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
    const note = textOf(await this.#sequencer.publish());
    const { published } = this.status;
    for (const { size, resolve } of [...this.#waiting]) if (size <= published) resolve();
    return note;
  }

  /** Publishes what waits, keeps a snapshot for the next start, and closes. */
  async close(): Promise<void> {
    try {
      if (this.hasUnpublished) await this.publish();
      await this.#last;
      const { size } = this.#durable;
      if (size - this.#kept >= WORTH_A_SNAPSHOT && size <= this.tree.checkpoint.size) {
        await writeSnapshot(snapshotPath(this.#directory), this.#durable, this.tree);
      }
    } finally {
      await this.#sequencer.close();
    }
  }

  /** Its signature was found valid before its number was looked at: it convicts its issuer, so it is kept. */
  async #keepContradiction(signed: SignedStatement): Promise<void> {
    if (this.#contradictions.has(signed.id) || this.#contradictions.size >= MOST_CONTRADICTIONS) {
      return;
    }
    this.#contradictions.set(signed.id, signed);
    const folder = join(this.#directory, "contradictions");
    const bytes = encodeEnvelope(signed.envelope);
    await writeDurably(
      join(folder, `${signed.id}.json`),
      bytes,
      join(this.#directory, "temporary"),
    );
  }

  /** The first time may be on its way to the disk still: nothing is said of it before it is there. */
  async #saidBefore({ id, statement }: SignedStatement): Promise<Accepted> {
    const { issuer, sequence } = statement;
    await this.#last;
    const [first] = findStatements(this.#durable, { issuer, sequence });
    if (first?.id === id) return { index: first.index, id, known: true };
    throw this.status.failure ?? new RecordError("store-failed", "expected the entry, got none");
  }
}

/** Whether a state holds this very statement. */
function isIn(state: State, { id, statement }: SignedStatement): boolean {
  const { issuer, sequence } = statement;
  return findStatements(state, { issuer, sequence })[0]?.id === id;
}

async function readContradictions(directory: string): Promise<SignedStatement[]> {
  const folder = join(directory, "contradictions");
  const found: SignedStatement[] = [];
  for (const name of await localDisk.list(folder)) {
    const bytes = await localDisk.read(join(folder, name));
    if (bytes !== undefined) found.push(decodeEnvelope(bytes));
  }
  return found;
}
