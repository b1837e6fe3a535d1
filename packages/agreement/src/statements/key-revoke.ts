import { DRAFT, defineStatement, ROLES, refuse, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { isKeyOf } from "../keys/keys-in-force.ts";
import type { Agreed, AgreedPart } from "../state.ts";

/** `key/revoke`: from the next statement on a key of the issuer's counts no longer, as when it was stolen. */
export const keyRevoke = defineStatement({
  type: "key/revoke",
  version: DRAFT,
  roles: ROLES,
  words: "Somebody takes a key of its own back, as when it was stolen.",
  body: z.strictObject({ key: sha256Schema, reason: z.string().min(1).max(1000) }),
  reduce: ({ agreement }: AgreedPart, { index, statement, body: { key, reason } }) => {
    const holder = statement.issuer;
    if (!isKeyOf(agreement, holder, key))
      return refuse("not-its-own", `expected a key of ${holder} that counts, got ${key}`);
    const change = { index, holder, key, replacement: undefined, reason };
    const next: Agreed = { ...agreement, keyChanges: [...agreement.keyChanges, change] };
    return { agreement: next };
  },
});
