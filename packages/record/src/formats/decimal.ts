import { quote } from "./encoding.ts";

const DECIMAL = /^(-?[0-9]+)(?:\.([0-9]+))?$/;

/**
 * A decimal number as statements and terms write it, in whole millionths, so that it is compared and multiplied exactly. Digits beyond
 * the sixth place are dropped.
 *
 * @throws RangeError for a text that is no decimal number: schemas refuse it before
 * @example millionths("0.90") // 900000n
 */
export function millionths(text: string): bigint {
  return parts(text, 6);
}

/** The same in whole billionths. @example billionths("0.5") // 500000000n */
export function billionths(text: string): bigint {
  return parts(text, 9);
}

/** The least whole number at or above a share of a whole number. @example shareOf("0.66", 3n) // 2n */
export function shareOf(share: string, whole: bigint): bigint {
  return (whole * millionths(share) + 999_999n) / 1_000_000n;
}

function parts(text: string, places: number): bigint {
  const [, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined)
    throw new RangeError(`expected a decimal number as "0.5", got ${quote(text)}`);
  return BigInt(whole + fraction.slice(0, places).padEnd(places, "0"));
}
