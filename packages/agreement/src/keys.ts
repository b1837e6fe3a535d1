import {
  checkPublicKey,
  fromHex,
  keyIdOf,
  parseVerifier,
  RecordError,
  type Refusal,
  refuse,
  type Said,
  toHex,
  utf8,
  verify,
} from "@standstill/record";
import type { z } from "zod";
import type { keyRevoke, keyRotate } from "./statements.ts";
import type { Terms } from "./terms/terms.ts";

/** What of an agreement's state keys are about. */
interface KeyState {
  readonly terms: Terms | undefined;
  readonly hash: string | undefined;
  readonly keyChanges: readonly KeyChange[];
}

/** Keys whose signatures count, with their holders. */
export type Keys = Terms["keys"];

/** A key that was replaced or taken back. */
export interface KeyChange {
  /** Entry of the record from which on it holds. */
  readonly index: number;
  readonly holder: string;
  /** Id of the key that no longer counts. */
  readonly key: string;
  /** The key in its place, in hexadecimal; nothing where it was taken back. */
  readonly replacement: string | undefined;
  readonly reason: string | undefined;
}

/**
 * The keys that count under terms after changes. A key that was replaced or taken back never counts again, whatever later
 * terms list.
 */
export function keysInForce(terms: Terms, changes: readonly KeyChange[]): Keys {
  return changes.reduce(
    (keys, { key, replacement }) =>
      keys.flatMap((one) => {
        if (keyIdOf(fromHex(one.publicKey)) !== key) return [one];
        return replacement === undefined ? [] : [{ ...one, publicKey: replacement }];
      }),
    terms.keys,
  );
}

/** What a new key signs to show that its holder has it. */
export function rotationMessage(
  agreement: string,
  holder: string,
  key: string,
  replacement: string,
): Uint8Array {
  return utf8(`standstill key/rotate\n${agreement}\n${holder}\n${key}\n${replacement}\n`);
}

/** `key/rotate`: from the next statement on another key counts in place of one that the issuer holds. */
export function reduceRotate<State extends KeyState>(
  state: State,
  said: Said<z.infer<typeof keyRotate.body>>,
): State | Refusal {
  const { key, replacement, proof, reason } = said.body;
  const holder = said.statement.issuer;
  const refusal = notItsOwn(state, holder, key) ?? notNew(state, replacement);
  if (refusal !== undefined) return refusal;
  const message = rotationMessage(state.hash as string, holder, key, replacement);
  if (!verify(fromHex(replacement), message, fromHex(proof))) {
    return refuse(
      "signature-invalid",
      "expected a signature by the new key over holder and both keys, got another",
    );
  }
  return withChange(state, { index: said.index, holder, key, replacement, reason });
}

/** `key/revoke`: from the next statement on a key that the issuer holds no longer counts. */
export function reduceRevoke<State extends KeyState>(
  state: State,
  said: Said<z.infer<typeof keyRevoke.body>>,
): State | Refusal {
  const { key, reason } = said.body;
  const holder = said.statement.issuer;
  return (
    notItsOwn(state, holder, key) ??
    withChange(state, { index: said.index, holder, key, replacement: undefined, reason })
  );
}

function withChange<State extends KeyState>(state: State, change: KeyChange): State {
  return { ...state, keyChanges: [...state.keyChanges, change] };
}

function notItsOwn(state: KeyState, holder: string, key: string): Refusal | undefined {
  const own = keysInForce(state.terms as Terms, state.keyChanges).filter(
    (one) => one.holder === holder,
  );
  return own.some(({ publicKey }) => keyIdOf(fromHex(publicKey)) === key)
    ? undefined
    : refuse("not-its-own", `expected a key of ${holder} that counts, got ${key}`);
}

function notNew(state: KeyState, publicKey: string): Refusal | undefined {
  const terms = state.terms as Terms;
  const used = [
    ...terms.keys.map((one) => one.publicKey),
    ...state.keyChanges.flatMap(({ replacement = [] }) => replacement),
    ...[terms.log, ...terms.witnessKeys].map(({ vkey }) => toHex(parseVerifier(vkey).publicKey)),
  ];
  const replaced = state.keyChanges.some(({ key }) => key === keyIdOf(fromHex(publicKey)));
  if (replaced || used.includes(publicKey)) {
    return refuse("already-said", "expected a key that was never used here, got one that was");
  }
  try {
    checkPublicKey(fromHex(publicKey));
    return undefined;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return refuse("malformed-body", error.message);
  }
}
