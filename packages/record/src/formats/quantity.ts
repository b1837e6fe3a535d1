import { z } from "zod";
import { RecordError } from "../error.ts";
import { there } from "../there.ts";
import { quote } from "./encoding.ts";

/** Units that statements use. */
export const UNITS = [
  "FLOP",
  "FLOP/s",
  "FLOP/J",
  "J",
  "W",
  "s",
  "tokens",
  "parameters",
  "accelerators",
  "bytes",
  "bit/s",
] as const;
/** One of the units that statements use. */
export type Unit = (typeof UNITS)[number];

const MAX_DIGITS = 40;

/**
 * A whole, non-negative amount as statements write it: decimal digits, a space, the unit.
 *
 * @example parseQuantity("1268357529600000000000 FLOP", "FLOP") // 1268357529600000000000n
 */
export function parseQuantity(text: string, unit: Unit): bigint {
  const match = /^(0|[1-9][0-9]*) (\S+)$/.exec(text);
  if (match === null || match[2] !== unit || there(match[1]).length > MAX_DIGITS) {
    throw new RecordError(
      "malformed-statement",
      `expected a whole amount of at most ${MAX_DIGITS} digits in ${unit}, got ${quote(text)}`,
    );
  }
  return BigInt(there(match[1]));
}

/** The text of an amount in a unit. Negative amounts are refused: a quantity counts something. */
export function formatQuantity(value: bigint, unit: Unit): string {
  if (value < 0n)
    throw new RecordError("malformed-statement", `expected an amount of 0 or more, got ${value}`);
  return `${value} ${unit}`;
}

/**
 * The canonical text of an amount that a person wrote: exponents and decimal points are written out.
 *
 * @example normalizeQuantity("2e21 FLOP") // "2000000000000000000000 FLOP"
 */
export function normalizeQuantity(text: string): string {
  const match = /^([0-9]+)(?:\.([0-9]+))?(?:[eE]\+?([0-9]{1,2}))? (\S+)$/.exec(text.trim());
  if (match === null) return text;
  const [, whole = "", fraction = "", exponent = "0", unit] = match;
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  if (shift >= 0) return `${digits}${"0".repeat(digits === 0n ? 0 : shift)} ${unit}`;
  const divisor = BigInt(`1${"0".repeat(-shift)}`);
  return digits % divisor === 0n ? `${digits / divisor} ${unit}` : text;
}

/** Schema of an amount in `unit`. */
export function quantitySchema(unit: Unit) {
  return z
    .string()
    .max(MAX_DIGITS + 1 + unit.length)
    .regex(
      new RegExp(`^(?:0|[1-9][0-9]*) ${unit}$`),
      `expected a whole amount in ${unit}, as "12 ${unit}"`,
    );
}
