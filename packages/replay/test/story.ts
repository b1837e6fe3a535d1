import { type Terms, termsHash } from "@standstill/agreement";
import { isRefusal, type Json, type SignedStatement, signStatement } from "@standstill/record";
import { admit, emptyState, type State } from "@standstill/replay";
import { keyOf, statementOf, terms } from "./world.ts";

/** A day in milliseconds. */
export const DAY = 86_400_000;
/** When every test record begins. */
export const START = Date.parse("2026-06-04T12:00:00.000Z");

/** Someone who says one thing after the other, and keeps what was admitted. */
export class Story {
  state: State = emptyState;
  readonly admitted: SignedStatement[] = [];
  readonly #sequences = new Map<string, number>();

  readonly first: Terms;

  constructor(first: Terms = terms, issuedAt = "2026-06-04T12:00:00.000Z") {
    this.first = first;
    const adoption = { agreement: termsHash(first), issuedAt };
    this.say(first.keeper.id, "agreement/propose", { terms: first }, adoption);
    for (const { id } of first.parties)
      this.say(id, "agreement/adopt", { terms: termsHash(first) }, adoption);
  }

  /** Says something that must be admitted. */
  say(issuer: string, type: string, body: unknown, more = {}, signers = [issuer]): this {
    const code = this.try(issuer, type, body, more, signers);
    if (code !== undefined) throw new Error(`expected admission, got ${code}`);
    return this;
  }

  /** Says something, and tells the code with which it was refused. */
  try(issuer: string, type: string, body: unknown, more = {}, signers = [issuer]) {
    const sequence = this.#sequences.get(issuer) ?? 0;
    const agreement = this.state.agreement.hash ?? termsHash(this.first);
    const statement = statementOf(issuer, type, sequence, body, { agreement, ...more });
    const signed = signStatement(statement, ...signers.map(keyOf));
    const next = admit(this.state, signed);
    if (isRefusal(next)) return next.refused;
    this.#sequences.set(issuer, sequence + 1);
    this.state = next;
    this.admitted.push(signed);
    return undefined;
  }

  /** Lets so many days pass since the start, by a mark of the keeper. */
  day(n: number): this {
    return this.say(terms.keeper.id, "time/mark", {
      time: new Date(START + n * DAY).toISOString(),
    });
  }

  pledges(while_: (party: string) => unknown = () => ({ kind: "all", of: [] }), more = {}): this {
    for (const { id } of terms.parties)
      this.say(id, "pledge/make", { mode: "cap", while: while_(id) as Json, ...more });
    return this;
  }

  get bound(): string[] {
    return [...this.state.agreement.coalition.bound.keys()];
  }
}
