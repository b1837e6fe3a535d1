import { sha256 } from "#primitives";
import { toHex, utf8 } from "./formats/encoding.ts";

/** Who takes part in a draw: the commitment of each, and the number of those who have revealed it. */
export type Draw = ReadonlyMap<string, { readonly commitment: string; readonly nonce?: string }>;
/** All draws by name. */
export type Draws = ReadonlyMap<string, Draw>;

/** What of a state holds draws. */
export interface DrawsPart {
  /** Draws for which parties commit to numbers and reveal them. */
  readonly draws: Draws;
}

/** The commitment to a number: bound to draw and issuer, so that nobody can copy another's. */
export function nonceCommitment(draw: string, issuer: string, nonce: string): string {
  return toHex(sha256(utf8(`standstill nonce/commit\n${draw}\n${issuer}\n${nonce}\n`)));
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
