import { normalizeQuantity, parseQuantity, type Unit } from "@standstill/record";

/** An amount in full, with its power of ten where it is long. */
export function amount(text: string, unit: Unit): string {
  const digits = parseQuantity(normalizeQuantity(text), unit).toString();
  if (digits.length < 7) return text;
  const mantissa = `${digits[0]}.${digits.slice(1).replace(/0+$/, "") || "0"}`;
  return `${mantissa}e${digits.length - 1} ${unit}`;
}

/** A sentence without its full stop, to stand inside another. */
export function bare(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** Words joined as a list. */
export function listed(words: readonly string[], nothing = "nothing"): string {
  return words.length === 0 ? nothing : words.join(", ");
}

/** A number of days in words. */
export function inDays(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
