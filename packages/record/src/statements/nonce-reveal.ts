import { z } from "zod";
import { refuse } from "../admission.ts";
import { defineStatement } from "../define-statement.ts";
import { DRAFT } from "../draft.ts";
import { type DrawsPart, nonceCommitment } from "../draws.ts";
import { nameSchema, ROLES } from "../statement.ts";

/** `nonce/reveal`: the number that was committed to. With the first of them the draw takes no more commitments. */
export const nonceReveal = defineStatement({
  type: "nonce/reveal",
  version: DRAFT,
  roles: ROLES,
  words: "Somebody shows the number to which it committed in a draw.",
  body: z.strictObject({
    draw: nameSchema,
    nonce: z.string().regex(/^[0-9a-f]{64}$/, "expected 32 bytes in hexadecimal"),
  }),
  reduce: ({ draws }: DrawsPart, { statement: { issuer }, body: { draw, nonce } }) => {
    const known = draws.get(draw);
    const mine = known?.get(issuer);
    if (known === undefined || mine === undefined)
      return refuse(
        "not-declared",
        `expected a commitment of ${issuer} to ${draw} before, got none`,
      );
    if (mine.nonce !== undefined)
      return refuse("already-said", `expected one number of ${issuer} for ${draw}, got a second`);
    if (nonceCommitment(draw, issuer, nonce) !== mine.commitment)
      return refuse("not-its-own", `expected the number that ${issuer} committed to, got another`);
    return { draws: new Map(draws).set(draw, new Map(known).set(issuer, { ...mine, nonce })) };
  },
});
