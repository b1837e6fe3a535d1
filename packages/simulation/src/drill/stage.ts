import { type Draft, type Terms, termsHash } from "@standstill/agreement";
import {
  encodeEnvelope,
  isRefusal,
  type Json,
  type SignedStatement,
  sha256,
  signingKey,
  signStatement,
  toHex,
  utf8,
} from "@standstill/record";
import { admit, emptyState, replay, type State } from "@standstill/replay";
import { roundOf } from "@standstill/views";
import { holdersOf, keyName, termsWithKeys } from "../adoption.ts";
import type { Keyring } from "../keyring.ts";

const DAY_MS = 86_400_000;

/** One thing that happened, as a report of a drill tells it. Instants are POSIX milliseconds. */
export interface DrillLine {
  readonly at: number;
  /** Entry of the record. */
  readonly index: number;
  readonly who: string;
  readonly what: string;
}

/**
 * A record in memory, a clock that is set by hand, and everybody's keys, made from a seed that anybody can read: nothing that is said here binds
 * anybody. Every statement is signed and goes through admission, as on a record that is kept.
 */
export class Stage {
  readonly draft: Draft;
  readonly lines: DrillLine[] = [];
  readonly #keyring: Keyring;
  readonly #terms: Terms;
  readonly #entries: Uint8Array[] = [];
  readonly #sequences = new Map<string, number>();
  readonly #evidence = new Map<string, Uint8Array>();
  #state: State = emptyState;
  #now: number;

  /** @param now where the clock begins; POSIX milliseconds */
  constructor(draft: Draft, now: number) {
    this.draft = draft;
    this.#now = now;
    this.#keyring = new Map(
      holdersOf(draft).map((holder) => [holder, signingKey(sha256(utf8(`drill ${holder}`)))]),
    );
    this.#terms = termsWithKeys(draft, this.#keyring);
  }

  get state(): State {
    return this.#state;
  }

  get terms(): Terms {
    return this.#terms;
  }

  get now(): number {
    return this.#now;
  }

  /** Name of a party, a role or the keeper. */
  nameOf(id: string): string {
    const { parties, keeper, roles = [] } = this.draft;
    return [...parties, keeper, ...roles].find((one) => one.id === id)?.name ?? id;
  }

  /** Says something, signed; organisations sign together for a role. What is refused ends the drill. */
  say(
    issuer: string,
    type: string,
    body: object,
    what: string,
    together?: readonly string[],
  ): number {
    const index = this.#state.size;
    const refused = this.#try(issuer, type, body, together);
    if (refused !== undefined)
      throw new Error(`${issuer} ${type} on day ${this.day}: expected admission, got ${refused}`);
    this.lines.push({ at: this.#now, index, who: this.nameOf(issuer), what });
    return index;
  }

  /** Says something that has to be refused, and returns why. */
  sayInVain(issuer: string, type: string, body: object, together?: readonly string[]): string {
    const refused = this.#try(issuer, type, body, together);
    if (refused === undefined)
      throw new Error(`${issuer} ${type}: expected a refusal, got admission`);
    return refused;
  }

  #try(
    issuer: string,
    type: string,
    body: object,
    together: readonly string[] | undefined,
  ): string | undefined {
    const sequence = this.#sequences.get(issuer) ?? 0;
    const holders = together?.map((one) => keyName(issuer, one)) ?? [issuer];
    const signed: SignedStatement = signStatement(
      {
        type,
        version: 1,
        issuer,
        sequence,
        body: body as { readonly [key: string]: Json },
        agreement: this.#state.agreement.hash ?? termsHash(this.#terms),
        issuedAt: new Date(this.#now).toISOString(),
      },
      ...holders.map((holder) => {
        const key = this.#keyring.get(holder);
        if (key === undefined) throw new Error(`expected a key of ${holder}, got none`);
        return key;
      }),
    );
    const next = admit(this.#state, signed);
    if (isRefusal(next)) return next.message;
    this.#state = next;
    this.#sequences.set(issuer, sequence + 1);
    this.#entries.push(encodeEnvelope(signed.envelope));
    return undefined;
  }

  /** Days since the clock began. */
  get day(): number {
    const first = this.lines[0]?.at ?? this.#now;
    return Math.floor((this.#now - first) / DAY_MS);
  }

  /** Lets time pass; the keeper marks it once a day and at the end. */
  until(at: number): void {
    while (this.#now < at) {
      this.#now = Math.min(at, this.#now + DAY_MS);
      const time = new Date(this.#now).toISOString();
      const refused = this.#try(this.draft.keeper.id, "time/mark", { time }, undefined);
      if (refused !== undefined) throw new Error(`a mark: expected admission, got ${refused}`);
    }
  }

  /** Keeps evidence beside the record, and returns its hash. */
  keep(bytes: Uint8Array): string {
    const hash = toHex(sha256(bytes));
    this.#evidence.set(hash, bytes);
    return hash;
  }

  /** Evidence under its hash. */
  evidence(hash: string): Uint8Array {
    const bytes = this.#evidence.get(hash);
    if (bytes === undefined) throw new Error(`expected evidence ${hash}, got none`);
    return bytes;
  }

  /** Whether replaying the entries from nothing comes to the same. */
  replaysTheSame(): { readonly entries: number; readonly isSame: boolean } {
    const again = roundOf(replay(this.#entries));
    const isSame = JSON.stringify(again) === JSON.stringify(roundOf(this.#state));
    return { entries: this.#entries.length, isSame };
  }
}
