import { millionths } from "@standstill/record";
import { z } from "zod";

/** A share of one as a decimal string, as "0.90". */
export const shareSchema = z
  .string()
  .regex(/^(?:0\.[0-9]{1,6}|1(?:\.0{1,6})?)$/, 'expected a share as "0.90"');

/** Whether a number of ten-thousandths, if known, reaches a share. */
export function reachesShare(tenThousandths: number | undefined, share: string): boolean {
  return tenThousandths !== undefined && BigInt(tenThousandths) * 100n >= millionths(share);
}
