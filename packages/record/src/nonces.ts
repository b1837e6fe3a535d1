import { z } from "zod";
import { sha256 } from "#primitives";
import { type Refusal, refuse, type Said } from "./admission.ts";
import { toHex, utf8 } from "./formats/encoding.ts";
import { nameSchema, type StatementKind, sha256Schema } from "./statement.ts";

const everyRole = ["party", "keeper", "inspector", "adjudicator", "assessor"] as const;

/**
 * `nonce/commit`: somebody takes part in a draw and commits to a secret number. Together the numbers make randomness that
 * nobody steers, as long as one of them was chosen honestly; for draws where no beacon can be had.
 */
export const nonceCommit = {
  type: "nonce/commit",
  roles: everyRole,
  body: z.strictObject({ draw: nameSchema, commitment: sha256Schema }),
} satisfies StatementKind;

/** `nonce/reveal`: the number that was committed to. With the first of them the draw takes no more commitments. */
export const nonceReveal = {
  type: "nonce/reveal",
  roles: everyRole,
  body: z.strictObject({
    draw: nameSchema,
    nonce: z.string().regex(/^[0-9a-f]{64}$/, "expected 32 bytes in hexadecimal"),
  }),
} satisfies StatementKind;

/** Who takes part in a draw: the commitment of each, and the number of those who have revealed it. */
export type Draw = ReadonlyMap<string, { readonly commitment: string; readonly nonce?: string }>;
/** All draws by name. */
export type Draws = ReadonlyMap<string, Draw>;

/** The commitment to a number: bound to draw and issuer, so that nobody can copy another's. */
export function nonceCommitment(draw: string, issuer: string, nonce: string): string {
  return toHex(sha256(utf8(`standstill nonce/commit\n${draw}\n${issuer}\n${nonce}\n`)));
}

/** `nonce/commit`: takes a commitment in. */
export function reduceNonceCommit(
  draws: Draws,
  said: Said<z.infer<typeof nonceCommit.body>>,
): Draws | Refusal {
  const { draw, commitment } = said.body;
  const { issuer } = said.statement;
  const known: Draw = draws.get(draw) ?? new Map();
  if (known.has(issuer))
    return refuse("already-said", `expected one commitment to ${draw}, got a second by ${issuer}`);
  if ([...known.values()].some(({ nonce }) => nonce !== undefined))
    return refuse(
      "not-declared",
      `expected a draw that is open, got ${draw}, where numbers are known`,
    );
  return new Map(draws).set(draw, new Map(known).set(issuer, { commitment }));
}

/** `nonce/reveal`: takes a number in that is the one committed to. */
export function reduceNonceReveal(
  draws: Draws,
  said: Said<z.infer<typeof nonceReveal.body>>,
): Draws | Refusal {
  const { draw, nonce } = said.body;
  const { issuer } = said.statement;
  const known = draws.get(draw);
  const mine = known?.get(issuer);
  if (known === undefined || mine === undefined)
    return refuse("not-declared", `expected a commitment of ${issuer} to ${draw} before, got none`);
  if (mine.nonce !== undefined)
    return refuse("already-said", `expected one number of ${issuer} for ${draw}, got a second`);
  if (nonceCommitment(draw, issuer, nonce) !== mine.commitment)
    return refuse("not-its-own", `expected the number that ${issuer} committed to, got another`);
  return new Map(draws).set(draw, new Map(known).set(issuer, { ...mine, nonce }));
}

/**
 * The randomness of a draw, in hexadecimal, once everybody has revealed; until then who is missing. The last to reveal
 * knows the outcome first and can only hold it back: who does is named here, and the rules of the draw say what follows.
 *
 * @example drawRandomness("inspection-7", draws.get("inspection-7")) // { missing: ["dune"] }
 */
export function drawRandomness(
  name: string,
  draw: Draw = new Map(),
): { readonly randomness: string } | { readonly missing: readonly string[] } {
  const issuers = [...draw.keys()].sort();
  const missing = issuers.filter((issuer) => draw.get(issuer)?.nonce === undefined);
  if (missing.length > 0 || issuers.length === 0) return { missing };
  const lines = issuers.map((issuer) => `${issuer} ${draw.get(issuer)?.nonce}\n`);
  return { randomness: toHex(sha256(utf8(`standstill draw\n${name}\n${lines.join("")}`))) };
}
