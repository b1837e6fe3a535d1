import { keyRevoke, keyRotate, rotationMessage } from "@standstill/agreement";
import { keyIdOf, refuse, type SigningKey, sign, toHex } from "@standstill/record";
import { actOf } from "../speak/act.ts";
import { RefusedError } from "../speak/refused-error.ts";
import type { Entry } from "../speak/registrar.ts";
import type { Speaker } from "../speak/speaker.ts";

/** A key of an issuer's that another is to replace. */
export interface Rotation {
  /** The public key that counts now. */
  readonly from: Uint8Array;
  /** The new key, which signs that its holder has it. */
  readonly to: SigningKey;
  readonly reason?: string | undefined;
}

/** Puts another key in place of one of the issuer's; it counts from the next statement on, which the new one has to sign. */
export async function rotateKey(
  speaker: Speaker,
  { from, to, reason }: Rotation,
): Promise<Entry | undefined> {
  const { hash } = speaker.registrar.state.agreement;
  if (hash === undefined)
    throw new RefusedError(refuse("agreement-mismatch", "expected terms on record, got none yet"));
  const [key, replacement] = [keyIdOf(from), toHex(to.publicKey)];
  const message = rotationMessage(hash, speaker.issuer, key, replacement);
  return rotate(speaker, { key, replacement, proof: toHex(sign(to, message)), reason });
}

const rotate = actOf(keyRotate, ({ agreement }, body, issuer) =>
  agreement.keyChanges.some(
    ({ holder, key, replacement }) =>
      holder === issuer && key === body.key && replacement === body.replacement,
  ),
);

/** Takes a key of the issuer's back, as when it was stolen. It counts no longer from the next statement on. */
export const revokeKey = actOf(keyRevoke, ({ agreement }, body, issuer) =>
  agreement.keyChanges.some(
    ({ holder, key, replacement }) =>
      holder === issuer && key === body.key && replacement === undefined,
  ),
);
