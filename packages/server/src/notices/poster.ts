import { createHmac } from "node:crypto";
import { dirname } from "node:path";
import { reasonOf, SECOND_MS } from "@standstill/record";
import { writeDurably } from "@standstill/record/files";
import type { State } from "@standstill/replay";
import type { Notice } from "@standstill/views";
import { noticesAt } from "../derived.ts";
import { type Posted, readPosted } from "./posted.ts";

/** Where notices are posted. */
export interface PosterOptions {
  readonly address: string;
  /** Secret that signs them; the receiver knows it. */
  readonly secret: Uint8Array;
  /** File in which it is noted what was posted; made where there is none. */
  readonly path: string;
  /** Entry of the record from which on notices are posted where nothing is noted yet. */
  readonly since: number;
}

const PATIENCE_MS = 5 * SECOND_MS;

/** Posts notices to an address, in their order; what is not taken is tried again at the next turn, and nothing is left out. */
export class NoticePoster {
  readonly #options: PosterOptions;
  #posted: Posted;

  private constructor(options: PosterOptions, posted: Posted) {
    this.#options = options;
    this.#posted = posted;
  }

  /**
   * Goes on from what is noted in the file.
   *
   * @throws RecordError (`malformed-json`) where the file is no such note
   */
  static async open(options: PosterOptions): Promise<NoticePoster> {
    const posted = await readPosted(options.path);
    return new NoticePoster(options, posted ?? { before: options.since, since: [] });
  }

  /**
   * Posts what was not posted yet.
   *
   * @returns the notice that was not taken, and why; nothing where all were
   */
  async post(state: State): Promise<{ readonly id: string; readonly problem: string } | undefined> {
    const { address, secret } = this.#options;
    const notices = noticesAt(state).filter(({ knownFrom }) => knownFrom >= this.#posted.before);
    for (const notice of notices) {
      const { id, knownFrom } = notice;
      const { before, since } = this.#posted;
      if (knownFrom === before && since.includes(id)) continue;
      const problem = await postOne(address, secret, notice);
      if (problem !== undefined) return { id, problem };
      // They come in the order in which they can be known, so all before this one's entry are posted.
      await this.#note({ before: knownFrom, since: knownFrom === before ? [...since, id] : [id] });
    }
    if (this.#posted.before < state.size) await this.#note({ before: state.size, since: [] });
    return undefined;
  }

  async #note(posted: Posted): Promise<void> {
    const { path } = this.#options;
    await writeDurably(path, new TextEncoder().encode(JSON.stringify(posted)), dirname(path));
    this.#posted = posted;
  }
}

/**
 * Posts a notice, signed as Standard Webhooks have it: HMAC-SHA256 over id, time and body, with the secret that both know. A receiver that
 * does not answer within five seconds has not taken it.
 *
 * @returns why it was not taken; nothing where it was
 */
async function postOne(to: string, key: Uint8Array, notice: Notice): Promise<string | undefined> {
  const body = JSON.stringify({ type: `standstill.${notice.kind}`, data: notice });
  const time = String(Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", key).update(`${notice.id}.${time}.${body}`).digest("base64");
  try {
    const answer = await fetch(to, {
      method: "POST",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        "content-type": "application/json",
        "webhook-id": notice.id,
        "webhook-timestamp": time,
        "webhook-signature": `v1,${mac}`,
      },
      body,
    });
    await answer.body?.cancel();
    return answer.ok ? undefined : `status ${answer.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}
