import { fromHex, keyIdOf } from "@standstill/record";
import type { Terms } from "../terms/terms.ts";

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

/** Whether a key with this id counts, and is this holder's. */
export function isKeyOf(
  { terms, keyChanges }: { readonly terms: Terms; readonly keyChanges: readonly KeyChange[] },
  holder: string,
  key: string,
): boolean {
  return keysInForce(terms, keyChanges).some(
    (one) => one.holder === holder && keyIdOf(fromHex(one.publicKey)) === key,
  );
}
