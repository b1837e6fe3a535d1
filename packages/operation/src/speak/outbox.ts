import { decodeEntry, encodeEnvelope, HOUR_MS, type SignedStatement } from "@standstill/record";
import type { Entry } from "./registrar.ts";
import { sameWords } from "./same-words.ts";

/** For how long the same words are taken for a repetition of those whose answer was lost; later they are said anew. */
const REPEATED_WITHIN_MS = HOUR_MS;
/** Most answers that are kept for whoever asks again. */
const MOST_UNTOLD = 64;

/** Where the one statement lies whose fate is not known: in memory, or in a file. */
export interface OutboxSlot {
  read(): Promise<Uint8Array | undefined>;
  /** Resolves once the bytes would survive a crash, as far as the slot promises to. */
  write(bytes: Uint8Array): Promise<void>;
  clear(): Promise<void>;
}

/**
 * What an issuer has signed and has no answer to: at most one statement, since the next one is signed once the fate of this one is known. So no two
 * statements with one number and different words leave an honest speaker because an answer was lost.
 */
export class Outbox {
  readonly #slot: OutboxSlot;
  /** Statements whose answer was lost and came later, when their speaker had been told of a failure. */
  #untold: readonly { readonly signed: SignedStatement; readonly entry: Entry }[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** @param slot where it lies; in memory if nothing is said */
  constructor(slot: OutboxSlot = memorySlot()) {
    this.#slot = slot;
  }

  /** Does work once all that was asked for before is done. Work must not ask for a turn of its own. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** The statement whose fate is not known. */
  async waiting(): Promise<SignedStatement | undefined> {
    const bytes = await this.#slot.read();
    return bytes === undefined ? undefined : decodeEntry(bytes);
  }

  /** Keeps a statement before it is sent. */
  keep({ envelope }: SignedStatement): Promise<void> {
    return this.#slot.write(encodeEnvelope(envelope));
  }

  /** Forgets the statement, whose fate is known. */
  forget(): Promise<void> {
    return this.#slot.clear();
  }

  /** Keeps an answer that came late for whoever says the same again. */
  tellLater(signed: SignedStatement, entry: Entry): void {
    this.#untold = [...this.#untold, { signed, entry }].slice(-MOST_UNTOLD);
  }

  /** Where these very words stand since not long ago, if nobody was told; it is told once. */
  takeAnswerTo({ statement }: SignedStatement): Entry | undefined {
    const oldest = Date.parse(statement.issuedAt) - REPEATED_WITHIN_MS;
    const recent = this.#untold.filter(
      ({ signed }) => Date.parse(signed.statement.issuedAt) >= oldest,
    );
    const same = recent.find(
      ({ signed }) =>
        signed.statement.type === statement.type &&
        sameWords(signed.statement.body, statement.body),
    );
    this.#untold = recent.filter((one) => one !== same);
    return same?.entry;
  }
}

function memorySlot(): OutboxSlot {
  let held: Uint8Array | undefined;
  return {
    read: async () => held,
    write: async (bytes) => {
      held = bytes;
    },
    clear: async () => {
      held = undefined;
    },
  };
}
