import { RecordError } from "../error.ts";
import { codeOf } from "../thrown.ts";

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: (index: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes that are written and synced at once at most. */
const MOST_BYTES = 8 << 20;

/**
 * Entries that come while a batch is being written form the next batch, so that one sync serves many. Each is answered
 * with its index once its batch is durable. After a failed write nobody knows what the disk holds: nothing more is
 * acknowledged (`store-failed`) until a restart has looked.
 */
export class GroupCommit<Item extends { readonly entry: Uint8Array }> {
  readonly #write: (items: readonly Item[]) => Promise<number>;
  readonly #mostWaiting: number;
  #waiting: Waiting<Item>[] = [];
  #running: Promise<void> | undefined;
  #failure: RecordError | undefined;

  /**
   * @param write makes a batch durable and returns the index of its first entry
   * @param mostWaiting how many entries may wait; more are refused (`store-busy`)
   */
  constructor(write: (items: readonly Item[]) => Promise<number>, mostWaiting: number) {
    this.#write = write;
    this.#mostWaiting = mostWaiting;
  }

  /** Why an entry added now would be refused, if so. */
  get failure(): RecordError | undefined {
    if (this.#failure !== undefined || this.#waiting.length < this.#mostWaiting)
      return this.#failure;
    const message = `expected at most ${this.#mostWaiting} entries waiting to be written, got more; try again in a second`;
    return new RecordError("store-busy", message);
  }

  /** Adds an entry; resolves with its index once it is durable. */
  add(item: Item): Promise<number> {
    const { failure } = this;
    if (failure !== undefined) return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop lets callers that come together share one sync.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        if (this.#failure !== undefined) throw this.#failure;
        const first = await this.#write(batch.map(({ item }) => item));
        for (const [i, { resolve }] of batch.entries()) resolve(first + i);
      } catch (cause) {
        this.#failure ??= failureOf(cause);
        for (const { reject } of batch) reject(this.#failure);
      }
    }
    // In the same turn as the last look at the queue: an entry after this starts a run of its own.
    this.#running = undefined;
  }

  #nextBatch(): Waiting<Item>[] {
    let bytes = 0;
    const end = this.#waiting.findIndex(({ item }) => {
      bytes += item.entry.length;
      return bytes > MOST_BYTES;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : Math.max(1, end));
  }
}

function failureOf(cause: unknown): RecordError {
  if (cause instanceof RecordError) return cause;
  const why = codeOf(cause) ?? String(cause);
  return new RecordError(
    "store-failed",
    `expected the journal to be written and synced, got ${why}; nothing is acknowledged until a restart`,
    { cause },
  );
}
