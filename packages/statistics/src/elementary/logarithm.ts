/**
 * Natural logarithm from + − × ÷ alone: `Math.log` may differ between machines, and what is judged or published must not. Agrees with
 * it to the last bits: minus infinity of 0, NaN of negative numbers.
 */
export function naturalLogarithm(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) {
    return value === 0 ? Number.NEGATIVE_INFINITY : value > 0 ? value : Number.NaN;
  }
  let mantissa = value;
  let exponent = 0;
  while (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let power = ratio;
  let sum = 0;
  for (let k = 1; k < 40; k += 2) {
    sum += power / k;
    power *= square;
  }
  return 2 * sum + exponent * Math.LN2;
}

/** Logarithm to the base of two, from `naturalLogarithm`. @example binaryLogarithm(8) // 3 */
export function binaryLogarithm(value: number): number {
  return naturalLogarithm(value) / Math.LN2;
}
