import { formatQuantity } from "@standstill/record";

/** An amount of FLOP with as many digits as people read. @example amount(1234567n) // "1.23e6 FLOP" */
export function amount(flop: bigint): string {
  if (flop < 10_000n) return formatQuantity(flop, "FLOP");
  const digits = String(flop);
  return `${digits[0]}.${digits.slice(1, 3)}e${digits.length - 1} FLOP`;
}
