import { sha256, toHex, utf8 } from "@standstill/record";
import type { Supports, Verification } from "./supports.ts";

/**
 * Salted commitment to a supporter's name: SHA-256 of salt, a zero byte and the name. Without the salt, 32 random bytes
 * in hexadecimal, nobody can try names until one fits.
 *
 * @example supportCommitment("Ada Invented", salt) // 64 hexadecimal digits
 */
export function supportCommitment(name: string, salt: string): string {
  return toHex(sha256(utf8(`${salt}\0${name.normalize("NFC").trim()}`)));
}

/** Supports counted: how many stand, how each was verified, how many were taken back, how many became pledges. */
export interface SupportCount {
  readonly standing: number;
  readonly verified: Readonly<Record<Verification, number>>;
  readonly withdrawn: number;
  readonly pledged: number;
}

/** Counts the supports of a letter. A count without the way of verifying would say little. */
export function countSupports(supports: Supports, letter: string): SupportCount {
  const ofLetter = [...supports.values()].filter((one) => one.letter === letter);
  const standing = ofLetter.filter(({ withdrawnAt }) => withdrawnAt === undefined);
  const verified = { unverified: 0, "e-mail": 0, "organisation-key": 0 };
  for (const one of standing) verified[one.verified] += 1;
  return {
    standing: standing.length,
    verified,
    withdrawn: ofLetter.length - standing.length,
    pledged: standing.filter(({ pledgedBy }) => pledgedBy !== undefined).length,
  };
}
