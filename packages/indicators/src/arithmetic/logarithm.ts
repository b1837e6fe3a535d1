const LN_2 = Math.LN2;

/**
 * Natural logarithm of a positive finite number, from + − × ÷ alone: `Math.log` may differ between machines, and what is
 * published must not. Agrees with it to the last bits.
 */
export function naturalLogarithm(value: number): number {
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
  return 2 * sum + exponent * LN_2;
}
