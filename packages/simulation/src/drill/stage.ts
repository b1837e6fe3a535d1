import type { Draft, Terms } from "@standstill/agreement";
import {
  type Entry,
  type Keeper,
  MemoryRecord,
  markTime,
  RefusedError,
  type Speaker,
} from "@standstill/operation";
import { DAY_MS, sha256, signingKey, utf8 } from "@standstill/record";
import { replay, type State } from "@standstill/replay";
import { roundOf } from "@standstill/views";
import { holdersOf, InventedParties } from "../parties.ts";

/** One thing that happened, as a report of a drill tells it. Instants are POSIX milliseconds. */
export interface DrillLine {
  readonly at: number;
  /** Entry of the record. */
  readonly index: number;
  readonly who: string;
  readonly what: string;
}

/** What somebody does, and where it then stands in the record. */
type Does<Who extends Speaker = Speaker> = (speaker: Who) => Promise<Entry | undefined>;

/**
 * A record in memory, a clock that is set by hand, and invented parties with keys from a seed that anybody can read: nothing that is said here binds
 * anybody. Every statement is signed and goes through admission, as on a record that is kept.
 */
export class Stage {
  readonly draft: Draft;
  readonly lines: DrillLine[] = [];
  readonly #record = new MemoryRecord();
  readonly #parties: InventedParties;
  #now: number;

  /** @param now where the clock begins; POSIX milliseconds */
  constructor(draft: Draft, now: number) {
    this.draft = draft;
    this.#now = now;
    this.#parties = new InventedParties({
      draft,
      keyring: new Map(
        holdersOf(draft).map((holder) => [holder, signingKey(sha256(utf8(`drill ${holder}`)))]),
      ),
      record: this.#record,
      now: () => this.#now,
    });
  }

  get state(): State {
    return this.#record.state;
  }

  get terms(): Terms {
    return this.#parties.terms;
  }

  get now(): number {
    return this.#now;
  }

  get keeper(): Keeper {
    return this.#parties.keeper;
  }

  /** Ids of the parties. */
  get parties(): readonly string[] {
    return this.draft.parties.map(({ id }) => id);
  }

  /** Name of a party, a role or the keeper. */
  nameOf(id: string): string {
    const { parties, keeper, roles = [] } = this.draft;
    return [...parties, keeper, ...roles].find((one) => one.id === id)?.name ?? id;
  }

  /** A party does something. What is refused ends the drill. */
  party(id: string, what: string, does: Does): Promise<Entry> {
    return this.#told(this.#parties.party(id), what, does);
  }

  /** Organisations do something together for a role. */
  together(
    role: string,
    organisations: readonly string[],
    what: string,
    does: Does,
  ): Promise<Entry> {
    return this.#told(this.#parties.together(role, organisations), what, does);
  }

  /** The keeper does something. */
  keeps(what: string, does: Does<Keeper>): Promise<Entry> {
    return this.#told(this.keeper, what, does);
  }

  /** Organisations try something together that has to be refused; returns why it is. */
  async inVain(role: string, organisations: readonly string[], does: Does): Promise<string> {
    try {
      await does(this.#parties.together(role, organisations));
    } catch (error) {
      if (error instanceof RefusedError) return error.message;
      throw error;
    }
    throw new Error(`${role}: expected a refusal on day ${this.#day}, got admission`);
  }

  /** Lets time pass; the keeper marks it once a day and at the end. */
  async until(at: number): Promise<void> {
    while (this.#now < at) {
      this.#now = Math.min(at, this.#now + DAY_MS);
      await markTime(this.keeper);
    }
  }

  /** Whether replaying the entries from nothing comes to the same. */
  replaysTheSame(): { readonly entries: number; readonly isSame: boolean } {
    const { entries } = this.#record;
    const again = roundOf(replay(entries));
    const isSame = JSON.stringify(again) === JSON.stringify(roundOf(this.state));
    return { entries: entries.length, isSame };
  }

  /** Tells what somebody did at an entry. */
  tell(issuer: string, what: string, { index }: Entry): void {
    this.lines.push({ at: this.#now, index, who: this.nameOf(issuer), what });
  }

  async #told<Who extends Speaker>(speaker: Who, what: string, does: Does<Who>): Promise<Entry> {
    const entry = await does(speaker);
    if (entry === undefined)
      throw new Error(`${speaker.issuer} ${what} on day ${this.#day}: expected it to be new`);
    this.tell(speaker.issuer, what, entry);
    return entry;
  }

  /** Days since the first thing that happened. */
  get #day(): number {
    const first = this.lines[0]?.at ?? this.#now;
    return Math.floor((this.#now - first) / DAY_MS);
  }
}
