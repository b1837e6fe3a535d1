import { join } from "node:path";
import { type Entry, RefusedError, type Registrar } from "@standstill/operation";
import {
  canonicalJson,
  encodeEnvelope,
  isRefusal,
  type SignedStatement,
  sha256,
  toHex,
  utf8,
} from "@standstill/record";
import { writeDurably } from "@standstill/record/files";
import { admit, emptyState, replayEntry, type State } from "@standstill/replay";

/** A keeper's record over HTTP, for speakers far away: it may die before it answers, and after. */
export class RemoteRecord implements Registrar {
  /** Ids of all that was acknowledged, by their place. */
  readonly acknowledged = new Map<number, string>();
  readonly #url: string;
  readonly #directory: string;
  #state: State = emptyState;
  #following: Promise<unknown> = Promise.resolve();

  /** @param directory the keeper's data directory, to which evidence is carried by hand: the API takes none */
  constructor(url: string, directory: string) {
    this.#url = url;
    this.#directory = directory;
  }

  get state(): State {
    return this.#state;
  }

  async append(signed: SignedStatement): Promise<Entry> {
    const { status, answer } = await this.#ask("api/statements", {
      method: "POST",
      body: Buffer.from(encodeEnvelope(signed.envelope)),
    });
    if (status === 200 || status === 201) {
      this.acknowledged.set(answer.index, answer.id);
      await this.follow(answer.index + 1);
      return { index: answer.index, id: answer.id };
    }
    if (status === 409 || status === 422) await this.#refuse(signed);
    throw new Error(`expected an acknowledgement, got ${status} ${JSON.stringify(answer)}`);
  }

  async storeEvidence(bytes: Uint8Array): Promise<string> {
    const hash = toHex(sha256(bytes));
    const path = join(this.#directory, "record", "blob", hash);
    await writeDurably(path, bytes, join(this.#directory, "carried"));
    return hash;
  }

  /** Replays what the record has grown by, at least until it has so many entries. */
  follow(size: number): Promise<void> {
    const mine = this.#following.then(async () => {
      while (this.#state.size < size) {
        const { answer } = await this.#ask(`api/statements/${this.#state.size}`, {});
        this.#state = replayEntry(this.#state, utf8(canonicalJson(answer.entry)));
      }
    });
    this.#following = mine.catch(() => undefined);
    return mine;
  }

  /** The same refusal that the keeper found, with its code. */
  async #refuse(signed: SignedStatement): Promise<void> {
    const { answer } = await this.#ask("api/log", {});
    await this.follow(answer.size);
    const next = admit(this.#state, signed);
    if (isRefusal(next)) throw new RefusedError(next);
  }

  async #ask(path: string, options: RequestInit) {
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(this.#url + path, { ...options, signal });
    return { status: response.status, answer: await response.json() };
  }
}
