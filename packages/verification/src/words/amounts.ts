/** An amount with two significant digits, as "1.3e21 FLOP" or "412 J". */
export function about(value: bigint, unit: string): string {
  const digits = value.toString();
  if (digits.length <= 4) return `${digits} ${unit}`;
  let exponent = digits.length - 1;
  let rounded = (Number(digits.slice(0, 3)) + 5 - ((Number(digits.slice(0, 3)) + 5) % 10)) / 10;
  if (rounded === 100) {
    rounded = 10;
    exponent++;
  }
  return `${Math.floor(rounded / 10)}.${rounded % 10}e${exponent} ${unit}`;
}

/** An energy in the unit a reader expects: MJ with one decimal, from 10 kJ on. */
export function energy(joules: bigint): string {
  if (joules < 10_000n) return `${joules} J`;
  const tenths = (joules + 50_000n) / 100_000n;
  return `${tenths / 10n}.${tenths % 10n} MJ`;
}

/** Thousandths as a decimal, as "0.95". */
export function hundredths(thousandths: number): string {
  const value = Math.floor(Math.abs(thousandths) / 10);
  return `${thousandths < 0 ? "-" : ""}${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
}
