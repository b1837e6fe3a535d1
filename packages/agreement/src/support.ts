import { type Refusal, refuse, sha256, toHex, utf8 } from "@standstill/record";
import type { Support, Supports, Verification } from "./support-list.ts";

/**
 * Salted commitment to a supporter's name: SHA-256 of salt, a zero byte and the name. Without the salt, 32 random bytes
 * in hexadecimal, nobody can try names until one fits.
 *
 * @example supportCommitment("Ada Invented", salt) // 64 hexadecimal digits
 */
export function supportCommitment(name: string, salt: string): string {
  return toHex(sha256(utf8(`${salt}\0${name.normalize("NFC").trim()}`)));
}

/** `support/sign`: takes a support in; the same commitment once. */
export function withSupport(
  supports: Supports,
  commitment: string,
  support: Pick<Support, "letter" | "verified" | "issuer" | "index">,
): Supports | Refusal {
  if (supports.has(commitment))
    return refuse("already-said", "expected a new support, got a commitment that is on record");
  return supports.append(commitment, support);
}

/** `support/withdraw`: by whoever put it on record, once. */
export function withSupportWithdrawn(
  supports: Supports,
  commitment: string,
  issuer: string,
  index: number,
): Supports | Refusal {
  const support = supports.get(commitment);
  if (support === undefined)
    return refuse("not-declared", "expected a support on record, got an unknown commitment");
  if (support.issuer !== issuer)
    return refuse("not-its-own", `expected the withdrawal by ${support.issuer}, got ${issuer}`);
  if (support.withdrawnAt !== undefined)
    return refuse("already-said", "expected one withdrawal, got a second");
  return supports.change(commitment, { withdrawnAt: index });
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
