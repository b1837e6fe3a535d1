import { agreementPropose, termsHash } from "@standstill/agreement";
import {
  isRefusal,
  keyIdOf,
  refuse,
  type SignedStatement,
  unsignedStatement,
  withSignatures,
} from "@standstill/record";
import { admit } from "@standstill/replay";
import type { z } from "zod";
import { MovedOnError } from "./moved-on-error.ts";
import { RefusedError } from "./refused-error.ts";
import type { Entry } from "./registrar.ts";
import type { Sayable } from "./sayable.ts";
import type { Speaker } from "./speaker.ts";

/** How a signed statement is sent, where it is not simply appended. */
export type Send = (signed: SignedStatement) => Promise<Entry>;

/** Says something within a turn. */
export type Say = <Schema extends z.ZodType<object>>(
  kind: Sayable<Schema>,
  body: z.output<Schema>,
  send?: Send,
) => Promise<Entry>;

/**
 * Says something: takes the agreement, the number and the time from the record, asks whether it would be admitted, signs it, sends it, and
 * returns where it stands. What would be refused is not signed and ends in `RefusedError`. After any other error its fate is not known:
 * saying the same again within an hour makes one entry, however often an answer is lost.
 *
 * @example await speak(aster, agreementAdopt, { terms: hash })
 */
export function speak<Schema extends z.ZodType<object>>(
  speaker: Speaker,
  kind: Sayable<Schema>,
  body: z.output<Schema>,
): Promise<Entry> {
  return inTurn(speaker, (say) => say(kind, body));
}

/**
 * Does work in which an issuer reads the record and says what is missing in it, with nothing said in its name in between. What was sent before and had
 * no answer is settled first.
 */
export function inTurn<Result>(
  speaker: Speaker,
  work: (say: Say) => Promise<Result>,
): Promise<Result> {
  const { outbox, registrar } = speaker;
  return outbox.inTurn(async () => {
    await settle(speaker);
    return work(async (kind, body, send = (signed) => registrar.append(signed)) => {
      const words = wordsOf(speaker, kind, body);
      const known = outbox.takeAnswerTo(words);
      if (known !== undefined) return known;
      checkAdmissible(speaker, words);
      return sent(speaker, withSignatures(words, speaker.keys), send);
    });
  });
}

/** Sends again what had no answer; what is refused now was never on the record. */
async function settle({ outbox, registrar }: Speaker): Promise<void> {
  const signed = await outbox.waiting();
  if (signed === undefined) return;
  try {
    outbox.tellLater(signed, await registrar.append(signed));
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
  }
  await outbox.forget();
}

/** The words as they would be signed now. Time does not run backwards for an issuer, whatever its clock says. */
function wordsOf<Schema extends z.ZodType<object>>(
  { issuer, registrar, now }: Speaker,
  { type, version }: Sayable<Schema>,
  body: z.output<Schema>,
): SignedStatement {
  const { issuers, agreement } = registrar.state;
  const before = issuers.get(issuer);
  const last = before === undefined ? 0 : Date.parse(before.lastIssuedAt);
  return unsignedStatement({
    type,
    version,
    agreement: agreement.hash ?? hashOfProposed(body),
    issuer,
    sequence: before?.next ?? 0,
    issuedAt: new Date(Math.max(now(), last)).toISOString(),
    body,
  });
}

/** What names the agreement of a record that does not hold it yet: only whoever proposes it can speak. */
function hashOfProposed(body: object): string {
  const proposed = agreementPropose.body.safeParse(body);
  if (proposed.success) return termsHash(proposed.data.terms);
  throw new RefusedError(
    refuse("agreement-mismatch", "expected terms before any other statement, got none yet"),
  );
}

/** Asks before it signs: a signature over words that nobody admits could only be held against its issuer. */
function checkAdmissible({ keys, registrar }: Speaker, words: SignedStatement): void {
  const own = new Set(keys.map(({ publicKey }) => keyIdOf(publicKey)));
  const wouldSign = (_: unknown, publicKeys: readonly Uint8Array[]) =>
    publicKeys.map(keyIdOf).filter((id) => own.has(id));
  const next = admit(registrar.state, words, wouldSign);
  if (isRefusal(next)) throw new RefusedError(next);
}

async function sent({ outbox }: Speaker, signed: SignedStatement, send: Send): Promise<Entry> {
  await outbox.keep(signed);
  try {
    const { index, id } = await send(signed);
    await outbox.forget();
    return { index, id };
  } catch (error) {
    if (error instanceof RefusedError || error instanceof MovedOnError) await outbox.forget();
    throw error;
  }
}
