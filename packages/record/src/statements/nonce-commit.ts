import { z } from "zod";
import { refuse } from "../admission.ts";
import { defineStatement } from "../define-statement.ts";
import { DRAFT } from "../draft.ts";
import type { Draw, DrawsPart } from "../draws.ts";
import { nameSchema, ROLES, sha256Schema } from "../statement.ts";

/**
 * `nonce/commit`: somebody takes part in a draw and commits to a secret number. Together the numbers make randomness that
 * nobody steers, as long as one of them was chosen honestly; for draws where no beacon can be had.
 */
export const nonceCommit = defineStatement({
  type: "nonce/commit",
  version: DRAFT,
  roles: ROLES,
  words: "Somebody takes part in a draw and commits to a secret number.",
  body: z.strictObject({ draw: nameSchema, commitment: sha256Schema }),
  reduce: ({ draws }: DrawsPart, { statement: { issuer }, body: { draw, commitment } }) => {
    const known: Draw = draws.get(draw) ?? new Map();
    if (known.has(issuer))
      return refuse(
        "already-said",
        `expected one commitment to ${draw}, got a second by ${issuer}`,
      );
    if ([...known.values()].some(({ nonce }) => nonce !== undefined))
      return refuse(
        "not-declared",
        `expected a draw that is open, got ${draw}, where numbers are known`,
      );
    return { draws: new Map(draws).set(draw, new Map(known).set(issuer, { commitment })) };
  },
});
