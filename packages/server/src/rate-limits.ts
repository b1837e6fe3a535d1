/** How much one sender may send: so many at once, and so many a second after that. */
export interface RateLimit {
  readonly burst: number;
  readonly perSecond: number;
}

/** Senders that are remembered; one that is forgotten starts anew. */
const MOST_SENDERS = 100_000;

/**
 * How much each sender has left: each has its own, so that one who floods harms nobody else.
 *
 * @example limits.take("aster", 1, Date.now()) // 0, or the seconds to wait
 */
export class RateLimits {
  readonly #limit: RateLimit;
  readonly #senders = new Map<string, { left: number; at: number }>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /**
   * Takes so much of what a sender has left, if it is there.
   *
   * @param now milliseconds since 1970
   * @returns 0 if it was there; otherwise nothing is taken, and after so many seconds it will be
   */
  take(sender: string, cost: number, now: number): number {
    const left = this.#left(sender, now);
    const { perSecond } = this.#limit;
    this.#senders.delete(sender);
    const [oldest] = this.#senders.keys();
    if (oldest !== undefined && this.#senders.size >= MOST_SENDERS) this.#senders.delete(oldest);
    const isThere = left >= cost;
    this.#senders.set(sender, { left: isThere ? left - cost : left, at: now });
    return isThere ? 0 : Math.ceil((cost - left) / perSecond);
  }

  /** The seconds until a sender may send again; 0 for now. */
  wait(sender: string, now: number): number {
    const left = this.#left(sender, now);
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#limit.perSecond);
  }

  #left(sender: string, now: number): number {
    const { burst, perSecond } = this.#limit;
    const before = this.#senders.get(sender) ?? { left: burst, at: now };
    const passedSeconds = Math.max(0, now - before.at) / 1000;
    return Math.min(burst, before.left + passedSeconds * perSecond);
  }
}
