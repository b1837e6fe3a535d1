import { doubleAt } from "../at.ts";

/** Beyond this, e to the power is infinite, or nothing. */
const LARGEST = 709;
const LN_2_HIGH = 0.6931471803691238;
const LN_2_LOW = 1.9082149292705877e-10;

const LEAST_WHOLE = -1074;
/** Powers of two, by their exponent less the least. */
const POWERS = Float64Array.from({ length: 1024 - LEAST_WHOLE }, (_, i) => {
  let power = 1;
  for (let k = i + LEAST_WHOLE; k > 0; k--) power *= 2;
  for (let k = i + LEAST_WHOLE; k < 0; k++) power /= 2;
  return power;
});
/** 1 / k! from the thirteenth down. */
const TAYLOR = Float64Array.from({ length: 14 }, (_, i) => {
  let factorial = 1;
  for (let k = 2; k <= 13 - i; k++) factorial *= k;
  return 1 / factorial;
});

/**
 * e to a power, from + − × ÷ alone: `Math.exp` may differ between machines, and what is judged or published must not. Agrees with it to
 * the last bits. The argument is split into a whole multiple of ln 2, in two parts so that nothing is lost (Cody and Waite 1980), and a
 * rest.
 */
export function exponential(power: number): number {
  if (power > LARGEST) return Number.POSITIVE_INFINITY;
  if (power < -LARGEST) return 0;
  const whole = Math.round(power * Math.LOG2E);
  const rest = power - whole * LN_2_HIGH - whole * LN_2_LOW;
  let sum = 0;
  for (let k = 0; k < TAYLOR.length; k++) sum = sum * rest + doubleAt(TAYLOR, k);
  return sum * powerOfTwo(whole);
}

/** Two to any power. @example exponentialOfTwo(10) // 1024 */
export function exponentialOfTwo(power: number): number {
  const whole = Math.round(power);
  if (whole > 1023) return Number.POSITIVE_INFINITY;
  if (whole < -1022) return 0;
  return exponential((power - whole) * Math.LN2) * powerOfTwo(whole);
}

/** Standard logistic function: from 0 to 1 as its argument goes from far below 0 to far above. */
export function logistic(value: number): number {
  if (value >= 0) return 1 / (1 + exponential(-value));
  const power = exponential(value);
  return power / (1 + power);
}

function powerOfTwo(whole: number): number {
  // Beyond the table stands only 2^1024, which the last bit of the rest brings back into range.
  return whole > 1023
    ? doubleAt(POWERS, 1023 - LEAST_WHOLE) * 2
    : doubleAt(POWERS, whole - LEAST_WHOLE);
}
