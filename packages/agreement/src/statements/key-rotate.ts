import {
  checkPublicKey,
  DRAFT,
  defineStatement,
  fromHex,
  keyIdOf,
  parseVerifier,
  RecordError,
  type Refusal,
  ROLES,
  refuse,
  sha256Schema,
  toHex,
  utf8,
  verify,
} from "@standstill/record";
import { z } from "zod";
import { isKeyOf } from "../keys/keys-in-force.ts";
import type { Agreed, AgreedPart } from "../state.ts";

/** `key/rotate`: another key counts from the next statement on in place of one of the issuer's; the new key signs that it is held. */
export const keyRotate = defineStatement({
  type: "key/rotate",
  version: DRAFT,
  roles: ROLES,
  words: "Somebody replaces a key of its own by a new one, which signs that it is held.",
  body: z.strictObject({
    /** Id of the key that is replaced: the SHA-256 of its 32 bytes. */
    key: sha256Schema,
    /** The new public key, 32 bytes. */
    replacement: z.string().regex(/^[0-9a-f]{64}$/, "expected 32 bytes in hexadecimal"),
    /** Signature by the new key over agreement, issuer and both keys. */
    proof: z.string().regex(/^[0-9a-f]{128}$/, "expected 64 bytes in hexadecimal"),
    reason: z.string().max(1000).optional(),
  }),
  reduce: ({ agreement }: AgreedPart, { index, statement, body }) => {
    const { key, replacement, proof, reason } = body;
    const holder = statement.issuer;
    if (!isKeyOf(agreement, holder, key))
      return refuse("not-its-own", `expected a key of ${holder} that counts, got ${key}`);
    const refusal = notNew(agreement, replacement);
    if (refusal !== undefined) return refusal;
    const message = rotationMessage(agreement.hash, holder, key, replacement);
    if (!verify(fromHex(replacement), message, fromHex(proof)))
      return refuse(
        "signature-invalid",
        "expected a signature by the new key over holder and both keys, got another",
      );
    const keyChanges = [...agreement.keyChanges, { index, holder, key, replacement, reason }];
    const next: Agreed = { ...agreement, keyChanges };
    return { agreement: next };
  },
});

/** What a new key signs to show that its holder has it. */
export function rotationMessage(
  agreement: string,
  holder: string,
  key: string,
  replacement: string,
): Uint8Array {
  return utf8(`standstill key/rotate\n${agreement}\n${holder}\n${key}\n${replacement}\n`);
}

function notNew({ terms, keyChanges }: Agreed, publicKey: string): Refusal | undefined {
  const used = [
    ...terms.keys.map((one) => one.publicKey),
    ...keyChanges.flatMap(({ replacement = [] }) => replacement),
    ...[terms.log, ...terms.witnessKeys].map(({ vkey }) => toHex(parseVerifier(vkey).publicKey)),
  ];
  const replaced = keyChanges.some(({ key }) => key === keyIdOf(fromHex(publicKey)));
  if (replaced || used.includes(publicKey))
    return refuse("already-said", "expected a key that was never used here, got one that was");
  try {
    checkPublicKey(fromHex(publicKey));
    return undefined;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return refuse("malformed-body", error.message);
  }
}
