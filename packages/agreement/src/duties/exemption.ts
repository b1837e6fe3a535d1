import { parseQuantity } from "@standstill/record";
import type { Draft } from "../terms/terms.ts";

/** Relief from obligations, as the terms have it. */
export type Exemption = NonNullable<Draft["exemptions"]>[number];

/**
 * Whether an exemption frees a party from a duty whatever it does: it asks for no use and gives no allowance. Whom it is for and until when
 * is settled before: a duty has only those exemptions that are for its party and not over.
 *
 * @param h100e all accelerators of the party, in H100e rounded up; `undefined` where that is not known
 * @example freesWholly({ id: "small", title: "Small.", from: ["article-2"], belowH100e: 4 }, 2n) // true
 */
export function freesWholly(exemption: Exemption, h100e: bigint | undefined): boolean {
  const { uses, limit } = exemption;
  return uses === undefined && limit === undefined && isSmallEnough(exemption, h100e);
}

/** Days over which the allowance of an exemption counts; a year where it names none. */
export function allowanceDays({ perDays = 365 }: Exemption): number {
  return perDays;
}

/** A piece of work that may be exempt. */
export interface ExemptWork {
  /** Use that it is for, as whoever does it says. */
  readonly use: string | undefined;
  /** All accelerators of the party, in H100e rounded up; `undefined` where that is not known. */
  readonly h100e: bigint | undefined;
  /** What is done of the same use within the days of the exemption's allowance, this work among it, in FLOP. */
  readonly flop: bigint;
}

/** Whether an exemption frees a piece of work from a duty: its use, its maker's size, and room in the allowance. */
export function freesWork(exemption: Exemption, { use, h100e, flop }: ExemptWork): boolean {
  const { uses, limit } = exemption;
  if (uses !== undefined && (use === undefined || !uses.includes(use))) return false;
  if (!isSmallEnough(exemption, h100e)) return false;
  return limit === undefined || flop <= parseQuantity(limit, "FLOP");
}

function isSmallEnough({ belowH100e }: Exemption, h100e: bigint | undefined): boolean {
  return belowH100e === undefined || (h100e !== undefined && h100e < BigInt(belowH100e));
}
